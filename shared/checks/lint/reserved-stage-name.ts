import { goQuote } from '../../dockerfile/go-quote.ts'
import { lintCheck } from './lint-rule.ts'

export const reservedStageName = lintCheck({
  rule: 'ReservedStageName',
  found: 'reading',
  stage: ({ draft: { name, from } }) => {
    if (name !== 'scratch' && name !== 'context') return []
    const message = `Stage name should not use the same name as reserved stage ${goQuote(name)}`
    return [{ message, instruction: from, range: from.arguments[2]?.range }]
  },
})
