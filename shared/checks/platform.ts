import { expandWord } from '../dockerfile/variables.ts'
import { readPlatform } from '../graph/platforms.ts'
import { finding, type Check, type CheckFrame } from './check.ts'
import { suggestion } from './suggest.ts'

/** `FROM --platform` that is empty or cannot be read. */
export const platform: Check = {
  rule: 'invalid-platform',
  stage: ({ draft: { platform: written, from } }, frame) => {
    if (written === null || written === '') return []
    const message = problem(written, frame)
    const range = from.flags.find(flag => flag.name === 'platform')?.range
    return message === null ? [] : [finding('invalid-platform', 'error', message, from, range)]
  },
}

function problem(written: string, { escape, globals }: CheckFrame): string | null {
  const result = expandWord(written, globals.values, escape)
  if (result.kind === 'failed') return `failed to process arguments for platform ${written}: ${result.message}`
  const { text, unmatched } = result.lexed
  const near = unmatched.map(name => suggestion(name, globals.values.keys())).find(found => found !== '') ?? ''
  if (text === '') return `empty platform value from expression ${written}${near}`
  const read = readPlatform(text)
  return read.kind === 'platform' ? null : `failed to parse platform ${written}: ${read.message}${near}`
}
