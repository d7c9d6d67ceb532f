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
      if (problem === null || problem.kind === 'needs-value') return []
      if (draft.replacedByContext || draft.writtenBase === '') return []
      const reachable = subject.graph.stages[index]?.reachable ?? false
      const range = draft.from.arguments[0]?.range
      // Images of stages that are not built are never looked up.
      const severity = problem.kind === 'invalid-reference' && !reachable ? 'warning' : 'error'
      return [finding(subject, 'base-image', severity, problem.message, draft.from, range)]
    })
    return [...declared, ...bases]
  },
}
