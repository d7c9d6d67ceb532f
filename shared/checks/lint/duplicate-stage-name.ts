import { goQuote } from '../../dockerfile/go-quote.ts'
import { lintCheck } from './lint-rule.ts'

export const duplicateStageName = lintCheck({
  rule: 'DuplicateStageName',
  found: 'reading',
  file: ({ drafts }) => {
    const seen = new Set<string>()
    return drafts.flatMap(({ name, from }) => {
      const isNew = name === '' || !seen.has(name)
      seen.add(name)
      if (isNew) return []
      const message = `Duplicate stage name ${goQuote(name)}, stage names should be unique`
      return [{ message, instruction: from, range: from.arguments[2]?.range }]
    })
  },
})
