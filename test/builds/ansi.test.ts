import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ansiSpans, plainStyle, plainText } from '../../shared/builds/ansi.ts'

const coloured = (line: string) => ansiSpans(line).map(({ text, style }) => [text, style.colour] as const)

test('colours begin and end where the output says', () => {
  expect(coloured('ok \u001b[32mpassed\u001b[0m 3 \u001b[1;91mfailed\u001b[m')).toEqual([
    ['ok ', null],
    ['passed', 2],
    [' 3 ', null],
    ['failed', 9],
  ])
})

test('bold, dim, italic, underline and inverse are set and taken back', () => {
  const [first, second] = ansiSpans('\u001b[1;2;3;4;7mall\u001b[22;23;24;27mnone')
  expect(first?.style).toEqual({ ...plainStyle, bold: true, dim: true, italic: true, underline: true, inverse: true })
  expect(second?.style).toEqual(plainStyle)
})

test.each([
  ['\u001b[38;5;196mx', 9],
  ['\u001b[38;5;3mx', 3],
  ['\u001b[38;2;20;180;30mx', 2],
  ['\u001b[38;5;244mx', 8],
  ['\u001b[38;2;80;120;255;1mx', 12],
])('%j is brought to colour %i', (line, colour) => {
  expect(coloured(line)).toEqual([['x', colour]])
})

test('sequences that are not about style leave no trace', () => {
  expect(
    plainText('\u001b[2K\u001b[1Gdone\u001b[?25h \u001b]8;;https://example.test\u0007link\u001b]8;;\u0007\u001b(B'),
  ).toBe('done link')
  expect(plainText('abc\b\bxy\u0000')).toBe('axy')
  expect(plainText('cut off \u001b[3')).toBe('cut off ')
})

test('whatever a step prints, the text shown has no control characters but tabs', () => {
  const pieces = fc.constantFrom(
    '\u001b',
    '[',
    ']',
    '0',
    ';',
    'm',
    'K',
    '\u0007',
    '\t',
    'text',
    '38;5;',
    '\u009b',
    '\\',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), line => {
      const shown = plainText(line.join(''))
      expect(
        Array.from(shown).every(character => character === '\t' || (character >= ' ' && character !== '\u009b')),
      ).toBe(true)
      expect(plainText(shown)).toBe(shown)
    }),
  )
})
