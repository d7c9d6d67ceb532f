import { goQuote } from '../../dockerfile/go-quote.ts'
import { lintCheck } from './lint-rule.ts'

export const duplicateStageName = lintCheck({
  rule: 'DuplicateStageName',
  found: 'reading',
  file: ({ drafts, names }) =>
    names.repeated.flatMap(index => {
      const draft = drafts[index]
      if (draft === undefined) return []
      const { name, from } = draft
      const message = `Duplicate stage name ${goQuote(name)}, stage names should be unique`
      return [{ message, instruction: from, range: from.arguments[2]?.range }]
    }),
})
