import { lintCheck } from './lint-rule.ts'

export const stageNameCasing = lintCheck({
  rule: 'StageNameCasing',
  found: 'reading',
  stage: ({ draft: { from } }) => {
    const name = from.arguments.length === 3 ? from.arguments[2] : undefined
    if (name === undefined || name.text === name.text.toLowerCase()) return []
    return [{ message: `Stage name '${name.text}' should be lowercase`, instruction: from, range: name.range }]
  },
})
