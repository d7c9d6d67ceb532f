import { describe, test } from 'vitest'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

/** Changes the last instruction of the file. */
const last =
  (gesture: (analysis: Parameters<Gesture>[0], instruction: number) => ReturnType<Gesture>): Gesture =>
  analysis =>
    gesture(analysis, analysis.file.instructions.length - 1)

const line = (before: string, gesture: Gesture, after: string) =>
  expectEdit(`FROM a AS s\n${before}\n`, gesture, `FROM a AS s\n${after}\n`)
const refusal = (before: string, gesture: Gesture, reason: string) =>
  expectRefusal(`FROM a AS s\n${before}\n`, gesture, reason)

const argumentsTo = (text: string) => last((analysis, at) => setArguments(analysis, at, text))
const wordsTo = (...words: readonly string[]) => last((analysis, at) => setWords(analysis, at, words))

describe('EDIT-43 what follows the keyword', () => {
  test('changes behind the flags', () => {
    line('workdir  /a', argumentsTo('/b'), 'workdir  /b')
    line('RUN --network=none \\\n  make', argumentsTo('make all'), 'RUN --network=none \\\n  make all')
    line('HEALTHCHECK --retries=2 CMD a', argumentsTo('NONE'), 'HEALTHCHECK --retries=2 NONE')
    line('ONBUILD USER a', argumentsTo('b:c'), 'ONBUILD USER b:c')
  })
  test('is not taken away, nor made two instructions of', () => {
    refusal('USER a', argumentsTo(' '), 'USER needs something behind it: remove the whole step instead.')
    refusal(
      'USER a',
      argumentsTo('b\nUSER c'),
      'That would not be one instruction among the others: write one whole instruction.',
    )
    refusal('RUN <<E\nmake\nE', argumentsTo('x'), 'Line 2 ends with a heredoc: change it in its whole text.')
  })
})

describe('EDIT-43 words', () => {
  test('change, come and go one by one', () => {
    line('EXPOSE 80 \\\n  90', wordsTo('80', '91'), 'EXPOSE 80 \\\n  91')
    line('EXPOSE 80 \\\n  90', wordsTo('80', '85', '90'), 'EXPOSE 80 85 \\\n  90')
    line('EXPOSE 80 90', wordsTo('70', '80', '90'), 'EXPOSE 70 80 90')
    line('EXPOSE 80 90 100', wordsTo('80', '100'), 'EXPOSE 80 100')
    line('EXPOSE 80 90', wordsTo('90'), 'EXPOSE 90')
  })
  test('stay in their form', () => {
    line('CMD ["a",  "b c"]', wordsTo('a', 'b "c"'), 'CMD ["a",  "b \\"c\\""]')
    line('CMD ["a", "b", "c"]', wordsTo('a', 'c'), 'CMD ["a", "c"]')
    line('CMD ["a"]', wordsTo('a', 'b'), 'CMD ["a", "b"]')
    line('CMD []', wordsTo('a', 'b'), 'CMD ["a", "b"]')
    refusal('EXPOSE 80', wordsTo('80', '90 91'), '`90 91` would be several words: write one at a time.')
  })
})

describe('EDIT-43 pairs', () => {
  const pair = (at: number, change: Parameters<typeof setPair>[3]) =>
    last((analysis, instruction) => setPair(analysis, instruction, at, change))
  const added = (text: string) => last((analysis, instruction) => addPair(analysis, instruction, text))
  const removed = (at: number) => last((analysis, instruction) => removePair(analysis, instruction, at))
  test('change in key and value', () => {
    line('ENV A=1 \\\n  B=2', pair(1, { value: 'x y' }), 'ENV A=1 \\\n  B="x y"')
    line('ENV A=1 B=2', pair(0, { key: 'C' }), 'ENV C=1 B=2')
    line('ENV A one  two', pair(0, { value: 'three four' }), 'ENV A three four')
    line('LABEL a="b"', pair(0, { value: '' }), 'LABEL a=')
  })
  test('of ARG have a default or none', () => {
    line('ARG A', pair(0, { value: '1' }), 'ARG A=1')
    line('ARG A=1 B', pair(0, { value: null }), 'ARG A B')
    line('ARG A', added('B'), 'ARG A B')
  })
  test('come and go', () => {
    line('ENV A=1', added('B=x "y"'), 'ENV A=1 B="x \\"y\\""')
    line('ENV A=1 \\\n  B=2', removed(1), 'ENV A=1')
    line('ENV A=1 \\\n  B=2', removed(0), 'ENV B=2')
    refusal('ENV A=1', removed(0), 'ENV takes pairs such as `KEY=value`, and at least one.')
    refusal('ENV A 1', added('B=2'), 'ENV takes pairs such as `KEY=value`, and at least one.')
  })
  test('stay as many as they are', () =>
    refusal(
      'ENV A=1',
      pair(0, { key: 'A B' }),
      'ENV would be read in another way: write `KEY=value`, with quotes around blanks.',
    ))
})
