import { isKeyword } from '../dockerfile/keywords.ts'
import { finding, type Check } from './check.ts'

/** Before the first FROM only ARG may stand, and there must be a FROM. */
export const noStage: Check = {
  rule: 'no-stage',
  file: subject => {
    const found = subject.file.preamble

      .filter(({ keyword }) => keyword !== 'ARG' && isKeyword(keyword))
      .map(instruction => finding('no-stage', 'error', 'no build stage in current context', instruction))
    const last = subject.drafts.length === 0 ? subject.file.instructions.at(-1) : undefined
    return last === undefined || found.length > 0
      ? found
      : [finding('no-stage', 'error', 'dockerfile contains no stages to build', last)]
  },
}
