import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
import type { Instruction } from '../../shared/dockerfile/syntax.ts'

function only(text: string): Instruction {
  const { instructions } = parseDockerfile(text)
  expect(instructions).toHaveLength(1)
  const [instruction] = instructions
  if (instruction === undefined) throw new Error('There is no instruction.')
  return instruction
}

function words(text: string): string[] {
  return only(text).arguments.map(word => word.text)
}

describe('SYN-03 ranges are those of the raw text', () => {
  const text = '\uFEFF  copy --fr\\\r\nom="bu\\\n# why\n\nild" \\\r\n  /a \\\n  /b\\\r\nc   \n'
  const instruction = only(text)
  const slice = ({ from, to }: { from: number; to: number }): string => text.slice(from, to)

  test('of the instruction, from its keyword to the end of its last line', () => {
    expect(slice(instruction.range)).toBe(text.slice(3, -1))
    expect(instruction.raw).toBe(text.slice(3, -1))
    expect([instruction.line, instruction.endLine]).toEqual([1, 8])
    expect([instruction.keyword, instruction.writtenKeyword]).toEqual(['COPY', 'copy'])
  })

  test('SYN-13 of a flag that spans continuations and a comment', () => {
    const [flag] = instruction.flags
    expect(flag).toMatchObject({ name: 'from', value: 'build' })
    expect(flag && slice(flag.range)).toBe('--fr\\\r\nom="bu\\\n# why\n\nild"')
    expect(flag?.valueRange && slice(flag.valueRange)).toBe('"bu\\\n# why\n\nild"')
  })

  test('SYN-13 of arguments, which may span them, too', () => {
    expect(instruction.arguments.map(word => [word.text, slice(word.range)])).toEqual([
      ['/a', '/a'],
      ['/bc', '/b\\\r\nc'],
    ])
    expect(instruction.embedded.map(({ kind, range }) => [kind, slice(range)])).toEqual([
      ['comment', '# why'],
      ['blank', '\n'],
    ])
  })

  test('of a value that is not there, right behind its sign', () =>
    expect(only('COPY --from=\\\n /a /b').flags[0]).toMatchObject({ value: '', valueRange: { from: 12, to: 12 } }))

  test('SYN-13 of the keyword, even if it is split', () => {
    const split = only('FR\\\nOM alpine')
    expect([split.keyword, split.keywordRange]).toEqual(['FROM', { from: 0, to: 6 }])
  })
})

describe('line ends, byte order mark and escape token belong to the document', () => {
  test('SYN-06 the line end most lines have is the one for new lines', () => {
    expect(parseDockerfile('FROM a\r\nRUN b\r\n').lineEnding).toBe('\r\n')
    expect(parseDockerfile('FROM a\r\nRUN b\nRUN c\n').lineEnding).toBe('\n')
    expect(parseDockerfile('').lineEnding).toBe('\n')
  })

  test('SYN-05 a lone carriage return ends no line', () =>
    expect(words('FROM a\rRUN b\r\n')).toEqual(['a', 'RUN', 'b']))

  test('SYN-07 the byte order mark is one only at the start', () => {
    expect(parseDockerfile('\uFEFFFROM a').byteOrderMark).toBe(true)
    expect(parseDockerfile('FROM a\n\uFEFFRUN b').instructions[1]?.keyword).toBe('\uFEFFRUN')
  })

  test('SYN-09 the escape directive rules all that follows', () => {
    const file = parseDockerfile('# escape=`\nFROM a\nRUN dir c:\\\nRUN b `\n c\n')
    expect(file.escape).toBe('`')
    expect(file.instructions.map(({ line, endLine }) => [line, endLine])).toEqual([
      [2, 2],
      [3, 3],
      [4, 5],
    ])
  })

  test('SYN-08 after anything else it is a comment', () => {
    for (const first of ['\n', '# hello\n', '#!/bin/x\n', '# other=x\n'])
      expect(parseDockerfile(`${first}# escape=\`\nFROM a`).escape).toBe('\\')
  })
})

describe('continuations', () => {
  test('SYN-10 an escape token before blanks continues the line, a doubled one does not', () => {
    expect(words('RUN a \\  \n  b')).toEqual(['a   b'])
    expect(parseDockerfile('RUN a \\\\\nRUN b').instructions).toHaveLength(2)
  })

  test('SYN-11 comments and empty lines within are no part of the text', () =>
    expect(words('RUN a \\\n# b \\\n\n  c')).toEqual(['a   c']))

  test('SYN-12 at the end of the file they continue on nothing', () =>
    expect(only('RUN a \\\n\n')).toMatchObject({ line: 1, endLine: 2 }))
})

describe('SYN-14 arguments are split as their instruction wants it', () => {
  test.each([
    ['FROM a AS b # c', ['a', 'AS', 'b', '#', 'c']],
    ['COPY "a b" /c', ['"a', 'b"', '/c']],
    ['COPY ["a b", "/c\\u0041"]', ['a b', '/cA']],
    ["COPY ['a', 'b']", ["['a',", "'b']"]],
    ['RUN  a  "b  c" ', ['a  "b  c"']],
    ['CMD ["a", "b"] ', ['a', 'b']],
    ['CMD ["a", "b"] c', ['["a", "b"] c']],
    ['HEALTHCHECK --interval=1s CMD ["a"]', ['CMD', 'a']],
    ['WORKDIR /a b', ['/a b']],
    ['ARG a b=c d="e f"', ['a', 'b=c', 'd="e f"']],
    ['COPPY a b', []],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected))

  test('SYN-17 pairs of ENV, new and old', () => {
    const pairs = (text: string): unknown =>
      only(text).pairs.map(({ key, value, equals }) => [key.text, value?.text, equals])
    expect(pairs('ENV a=1 "b"=\'2 3\' c=')).toEqual([
      ['a', '1', true],
      ['"b"', "'2 3'", true],
      ['c', '', true],
    ])
    expect(pairs('ENV a b = c')).toEqual([['a', 'b = c', false]])
  })

  test('SYN-15 an array with other than strings is refused', () =>
    expect(parseDockerfile('FROM a\nCMD ["a", 1]').errors).toMatchObject([
      { message: 'when using JSON array syntax, arrays must be comprised of strings only', line: 2 },
    ]))

  test('SYN-16 flags end with the first other word, or with --', () => {
    expect(only('RUN --a --b="x y" -- --c d')).toMatchObject({
      flags: [
        { name: 'a', value: null },
        { name: 'b', value: 'x y' },
      ],
      arguments: [{ text: '--c d' }],
    })
  })

  test('SYN-18 what stands after ONBUILD is an instruction of its own', () =>
    expect(only('ONBUILD COPY --from=a /b /c').trigger).toMatchObject({
      keyword: 'COPY',
      flags: [{ value: 'a' }],
      range: { from: 8, to: 27 },
    }))
})

describe('heredocs', () => {
  test('SYN-19 the body runs to the line that is the delimiter', () => {
    const text = 'COPY <<one <<-"two" /d\n# no comment\none\n\tx \\\n\ttwo\nRUN ls'
    const [copy, run] = parseDockerfile(text).instructions
    expect(copy?.heredocs.map(({ name, content, expand, chomp }) => [name, content, expand, chomp])).toEqual([
      ['one', '# no comment\n', true, false],
      ['two', '\tx \\\n', false, true],
    ])
    expect([copy?.endLine, run?.line]).toEqual([5, 6])
  })

  test('SYN-20 only where a word is one', () => {
    for (const command of ['cat <<<x', 'echo "<<x"', 'cat<<x', 'echo $((1<<2))', "echo ' <<x"])
      expect(only(`RUN ${command}`).heredocs).toEqual([])
  })

  test('SYN-21 one that never ends leaves the stages after it alone', () => {
    const file = parseDockerfile('FROM a\nRUN <<EOF\nls\n\nFROM b\nRUN ls\n')
    expect(file.errors).toMatchObject([{ message: 'unterminated heredoc', line: 2 }])
    expect(file.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'FROM', 'RUN'])
  })
})

describe('comments above an instruction', () => {
  test('SYN-22 belong to it across blank lines, up to a bare #', () => {
    const { instructions } = parseDockerfile('# gone\n#\n# one\n\n  # two\n\nFROM a\nRUN b')
    expect(instructions[0]?.comment).toMatchObject({ lines: ['one', '# two'], line: 3, endLine: 5 })
    expect(instructions[1]?.comment).toBeNull()
  })
})

describe('one bad line', () => {
  test('SYN-23 never loses the rest', () => {
    const file = parseDockerfile('FROM a AS\nENV A\nCMD ["x", 1]\nLABEL a=b c\nFROM b\n')
    expect(file.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'ENV', 'CMD', 'LABEL', 'FROM'])
    expect(file.errors.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  test('SYN-24 files with nothing to build say so', () => {
    for (const text of ['', '\n\n', '# a\n'])
      expect(parseDockerfile(text).errors).toMatchObject([{ message: 'file with no instructions' }])
  })
})
