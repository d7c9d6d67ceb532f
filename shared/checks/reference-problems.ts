import type { ReferenceProblem } from '../graph/references.ts'
import { finding, type Check } from './check.ts'

/** A rule about what `--from` and a mount's `from` cannot be. */
function referenceCheck(rule: string, kind: ReferenceProblem['kind'], onlyReachable: boolean): Check {
  return {
    rule,
    links: ({ stage: { isReachable }, references }) =>
      references.flatMap(({ problem, origin, sourceRange }) => {
        if (problem?.kind !== kind) return []
        const severity = isReachable || !onlyReachable ? 'error' : 'warning'
        return [finding(rule, severity, problem.message, origin, sourceRange ?? undefined)]
      }),
  }
}

/** Indexes of stages that do not exist are refused in every stage, built or not. */
export const invalidIndex = referenceCheck('invalid-index', 'invalid-index', false)
export const variableInFrom = referenceCheck('variable-in-from', 'variable', false)
/** What is no image reference is found out when the image is pulled. */
export const invalidReference = referenceCheck('invalid-reference', 'invalid-reference', true)
