import { finding, type Check } from './check.ts'

/** FROMs whose base names no image: blank, not to be expanded, or no image reference. */
export const baseImage: Check = {
  rule: 'base-image',
  file: ({ globals }) =>
    globals.problems.map(({ instruction, message }) => finding('base-image', 'error', message, instruction)),
  stage: ({ draft: { from, baseProblem, replacedByContext, writtenBase }, isReachable }) => {
    // What FROM with a wrong number of words says is another rule's to tell.
    if (baseProblem === null || baseProblem.kind === 'needs-value' || replacedByContext || writtenBase === '') return []
    // Images of stages that are not built are never looked up.
    const severity = baseProblem.kind === 'invalid-reference' && !isReachable ? 'warning' : 'error'
    return [finding('base-image', severity, baseProblem.message, from, from.arguments[0]?.range)]
  },
}
