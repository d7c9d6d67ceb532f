import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { starters } from '../../shared/starters/starters.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'
import { expectEdit } from './expect-edit.ts'

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

test('EDIT-44 EDIT-03 it is written in the document’s own hand', () => {
  const rust = starters.find(({ name }) => name === 'Rust')
  if (rust === undefined) throw new Error('There is no Rust starter.')
  expectEdit(
    '# escape=`\r\nfrom a as one\r\n\r\n  run x\r\n\r\n\r\nfrom b\r\n',
    analysis => addStarter(analysis, rust, null),
    [
      '# escape=`\r\nfrom a as one\r\n\r\n  run x\r\n\r\n\r\n',
      'from rust:1.88-slim as build\r\n\r\n  workdir /src\r\n\r\n  copy . .\r\n\r\n',
      '  run --mount=type=cache,target=/usr/local/cargo/registry `\r\n    cargo install --path . --root /out\r\n\r\n\r\n',
      'from debian:bookworm-slim as final\r\n\r\n  copy --from=build /out/bin/ /usr/local/bin/\r\n\r\n',
      '  user 65532:65532\r\n\r\n  entrypoint ["app"]\r\n\r\n\r\n',
      'from b\r\n',
    ].join(''),
    {
      edges: `
        + build -copy-> final /out/bin/ /usr/local/bin/
        + context: -context-> build . .
        + image:debian:bookworm-slim -base-> final
        + image:rust:1.88-slim -base-> build
      `,
    },
  )
})
