import { expandWord } from '../dockerfile/variables.ts'
import { readPlatform } from '../graph/platforms.ts'
import { finding, type Check, type CheckSubject } from './check.ts'
import { suggestion } from './suggest.ts'

/** `FROM --platform` that is empty or cannot be read. */
export const platform: Check = {
  rule: 'invalid-platform',
  run: subject =>
    subject.drafts.flatMap(draft => {
      if (draft.platform === null || draft.platform === '') return []
      const message = problem(draft.platform, subject)
      const range = draft.from.flags.find(flag => flag.name === 'platform')?.range
      return message === null ? [] : [finding(subject, 'invalid-platform', 'error', message, draft.from, range)]
    }),
}

function problem(written: string, { file, globals }: CheckSubject): string | null {
  const result = expandWord(written, globals.values, file.escape)
  if (result.kind === 'failed') return `failed to process arguments for platform ${written}: ${result.message}`
  const { text, unmatched } = result.lexed
  const near = unmatched.map(name => suggestion(name, globals.values.keys())).find(found => found !== '') ?? ''
  if (text === '') return `empty platform value from expression ${written}${near}`
  const read = readPlatform(text)
  return read.kind === 'platform' ? null : `failed to parse platform ${written}: ${read.message}${near}`
}
