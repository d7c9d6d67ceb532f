import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { starters } from '../../shared/starters/starters.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'

test.each(starters)('EDIT-44 the $name starter goes above the final stage, under names that are free', starter => {
  const before = 'FROM alpine AS build\n\nFROM scratch AS final\nCOPY --from=build /a /a\n'
  const analysis = analyze(before)
  const outcome = addStarter(analysis, starter, null)
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  expect(outcome.title).toBe(`Add ${starter.name} starter`)
  const text = applyEdits(before, outcome.edits)
  const renamed = starter.text.replaceAll(/(AS |--from=)(build|final)\b/g, '$1$2-2')
  expect(text).toBe(before.replace('FROM scratch AS final', `${renamed}\nFROM scratch AS final`))
})
