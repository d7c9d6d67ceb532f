import { lintCheck } from './lint-rule.ts'

/** A FROM that is neither all lower nor all upper case is another rule's to tell. */
export const fromAsCasing = lintCheck({
  rule: 'FromAsCasing',
  found: 'reading',
  stage: ({ draft: { from } }) => {
    const as = from.arguments.length >= 3 ? from.arguments[1] : undefined
    if (as === undefined) return []
    const written = from.writtenKeyword
    const isLower = written === written.toLowerCase()
    if (!isLower && written !== written.toUpperCase()) return []
    if (as.text === (isLower ? as.text.toLowerCase() : as.text.toUpperCase())) return []
    const message = `'${as.text}' and '${written}' keywords' casing do not match`
    return [{ message, instruction: from, range: as.range }]
  },
})
