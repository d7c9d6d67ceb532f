import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutSecrets } from '../../electron/host/engine/without-secrets.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'

const secrets = new Map([
  ['token', Buffer.from('swordfish\n')],
  ['key', Buffer.from('-----BEGIN-----\nabcabcabcabc\nx\n-----END-----\n')],
  ['short', Buffer.from('ab')],
])

async function told(pieces: readonly string[]): Promise<string> {
  async function* events(): AsyncGenerator<BuildEvent> {
    await Promise.resolve()
    for (const text of pieces) yield { kind: 'log', vertex: 'v', stream: 'stdout', text }
    yield { kind: 'succeeded', image: null, tags: [], milliseconds: 1 }
  }
  let output = ''
  for await (const event of withoutSecrets(events(), secrets)) if (event.kind === 'log') output += event.text
  return output
}

test('values and the longer lines of values are hidden, what is too short to be told from other words is not', async () => {
  expect(await told(['a swordfish, abcabcabcabc ab\nsword'])).toBe('a •••••, ••••• ab\nsword')
})

test('however the output is cut, nothing of a secret is told and nothing else is lost', async () => {
  const output = fc
    .array(fc.constantFrom('swordfish', 'sword', 'abcabcabcabc', 'abc', '\n', 'fish ', '-----'), { maxLength: 8 })
    .map(words => words.join(''))
  await fc.assert(
    fc.asyncProperty(output, fc.array(fc.nat(60), { maxLength: 6 }), async (text, cuts) => {
      const at = [0, ...cuts.map(cut => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
      const pieces = at.slice(1).map((end, index) => text.slice(at[index], end))
      const whole = text.replaceAll('swordfish', '•••••').replaceAll('abcabcabcabc', '•••••')
      expect(await told(pieces)).toBe(whole)
    }),
  )
})
