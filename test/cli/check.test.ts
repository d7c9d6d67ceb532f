import { expect, test } from 'vitest'
import { slipway } from './command-line.ts'

test('check says why a rule matters where it is met first, and names the fix of each finding', async () => {
  const copies = (letter: string) => `COPY --from=0 /${letter} /${letter}\n`
  const file = `FROM alpine:3.20 AS build\nRUN touch /a /b\nFROM scratch\n${copies('a')}`
  const files = { one: file + copies('b'), two: file }
  const { stdout, status } = await slipway(['check', 'one', 'two', '--no-engine'], files)
  const told = (line: string) =>
    `${line}: hint: --from=0 counts stages: it means another one as soon as a stage is added before it. Its name is build. (index-instead-of-name)`
  expect(stdout.split('\n').filter(line => !line.includes(' | '))).toEqual([
    told('one:4'),
    '  why: The number means another stage as soon as one is added, removed or moved before it, and BuildKit cannot notice.',
    '  fix: Write build',
    told('one:5'),
    '  fix: Write build',
    told('two:4'),
    '  fix: Write build',
    '',
  ])
  expect(status).toBe(0)
})
