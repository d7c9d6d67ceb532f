import { lintCheck } from './lint-rule.ts'

export const maintainerDeprecated = lintCheck({
  rule: 'MaintainerDeprecated',
  found: 'reading',
  find: ({ file }) =>
    file.instructions
      .filter(({ keyword }) => keyword === 'MAINTAINER')
      .map(instruction => ({
        message: 'Maintainer instruction is deprecated in favor of using label',
        instruction,
      })),
})
