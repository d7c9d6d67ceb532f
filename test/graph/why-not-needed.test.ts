import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { whyNotNeeded } from '../../shared/graph/why-not-needed.ts'

/** Why the target leaves out the first stage of a file. */
function why(text: string, target: string | null = null): string {
  return [...whyNotNeeded(analyze(text, { ...defaultInputs, target }).graph).values()][0] ?? ''
}

test.each([
  ['FROM x AS a\nFROM x AS final', 'Not needed: no stage builds on it, copies from it or mounts it.'],
  ['FROM x AS a\nFROM a AS Dev\nFROM x', 'Not needed: only `Dev` takes from it, which stage 2 does not need.'],
  [
    'FROM x AS a\nFROM a AS b\nFROM x AS c\nCOPY --from=a /x /x\nCOPY --from=a /y /y\nFROM x AS d',
    'Not needed: only `b` and `c` take from it, which `d` does not need.',
  ],
  [
    'FROM x AS a\nFROM a AS b\nFROM a AS c\nFROM a AS d\nFROM x AS e',
    'Not needed: only 3 stages take from it, which `e` does not need.',
  ],
])('%j', (text, words) => expect(why(text)).toBe(words))

test('nothing is needed for a target that the file has not', () => {
  expect(why('FROM x AS a\nFROM a', 'none')).toBe('Not needed: the target is no stage of this file.')
})
