import { eachInstruction } from '../check.ts'
import { lintCheck } from './lint-rule.ts'

export const maintainerDeprecated = lintCheck({
  rule: 'MaintainerDeprecated',
  found: 'reading',
  ...eachInstruction(instruction => {
    if (instruction.keyword !== 'MAINTAINER') return []
    return [{ message: 'Maintainer instruction is deprecated in favor of using label', instruction }]
  }),
})
