import type { BuiltInstruction } from '../../graph/environment.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Told at the earlier one, which is the one without effect. */
export const multipleInstructionsDisallowed = lintCheck({
  rule: 'MultipleInstructionsDisallowed',
  found: 'building',
  stage: ({ built: { instructions } }) => {
    const found: LintFinding[] = []
    const last = new Map<string, BuiltInstruction>()
    for (const step of instructions) {
      const { keyword, writtenKeyword } = step.instruction
      if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') continue
      const earlier = last.get(keyword)
      last.set(keyword, step)
      if (earlier === undefined) continue
      const message = `Multiple ${writtenKeyword} instructions should not be used in the same stage because only the last one will be used`
      found.push({ message, instruction: earlier.origin, asked: step.origin })
    }
    return found
  },
})
