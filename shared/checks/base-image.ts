import type { StageDraft } from '../graph/stage-drafts.ts'
import type { Severity } from '../graph/stage-graph.ts'
import { finding, type Check } from './check.ts'

/** FROMs whose base names no image: blank, not to be expanded, or no image reference. */
export const baseImage: Check = {
  rule: 'base-image',
  run: subject => {
    const { globals } = subject
    const declared = globals.problems.map(({ instruction, message }) =>
      finding(subject, 'base-image', 'error', message, instruction),
    )
    const bases = subject.drafts.flatMap((draft, index) => {
      const problem = draft.baseProblem
      // What FROM with a wrong number of words says is another rule's to tell.
      if (problem === null || draft.replacedByContext || draft.writtenBase === '') return []
      const reachable = subject.graph.stages[index]?.reachable ?? false
      const range = draft.from.arguments[0]?.range
      return [finding(subject, 'base-image', severity(problem.kind, reachable), message(draft), draft.from, range)]
    })
    return [...declared, ...bases]
  },
}

/** Images of stages that are not built are never looked up. An argument without a value is asked for, not refused. */
function severity(kind: NonNullable<StageDraft['baseProblem']>['kind'], reachable: boolean): Severity {
  switch (kind) {
    case 'needs-value':
      return 'warning'
    case 'invalid-reference':
      return reachable ? 'error' : 'warning'
    case 'blank':
    case 'not-expandable':
      return 'error'
  }
}

function message(draft: StageDraft): string {
  const problem = draft.baseProblem
  if (problem === null) return ''
  if (problem.kind !== 'needs-value') return problem.message
  const names = problem.missing.join(' and ')
  return `${problem.message}: ${names} needs a value. Give ARG ${names} a default, or pass it as a build argument.`
}
