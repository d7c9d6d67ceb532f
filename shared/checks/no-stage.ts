import { isKeyword } from '../dockerfile/keywords.ts'
import type { Diagnostic } from '../graph/stage-graph.ts'
import { finding, type Check } from './check.ts'

/** Before the first FROM only ARG may stand, and there must be a FROM. */
export const noStage: Check = {
  rule: 'no-stage',
  run: subject => {
    const found: Diagnostic[] = []
    for (const instruction of subject.file.instructions) {
      if (instruction.keyword === 'FROM') return found
      if (instruction.keyword !== 'ARG' && isKeyword(instruction.keyword))
        found.push(finding(subject, 'no-stage', 'error', 'no build stage in current context', instruction))
    }
    const last = subject.file.instructions.at(-1)
    if (last !== undefined && found.length === 0)
      found.push(finding(subject, 'no-stage', 'error', 'dockerfile contains no stages to build', last))
    return found
  },
}
