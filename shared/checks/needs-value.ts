import { finding, type Check } from './check.ts'

/** FROMs that name an image once an ARG without a default is given one: nothing is broken, something is asked for. */
export const needsValue: Check = {
  rule: 'needs-value',
  stage: ({ draft: { baseProblem, replacedByContext, from } }) => {
    if (baseProblem?.kind !== 'needs-value' || replacedByContext) return []
    const [name = '', ...others] = baseProblem.missing
    const asked =
      others.length === 0
        ? `${name} needs a value. Give ARG ${name} a default, or pass it as a build argument.`
        : `${[name, ...others].join(' and ')} need values. Give their ARGs defaults, or pass them as build arguments.`
    const message = `${baseProblem.message}: ${asked}`
    return [finding('needs-value', 'warning', message, from, from.arguments[0]?.range)]
  },
}
