import { expect, test } from 'vitest'
import { expandHeredoc } from '../../electron/host/engine/heredoc-expansion.ts'
import { lowerHeredocs, type LoweredText } from '../../electron/host/engine/heredoc-lowering.ts'

function lowered(text: string): LoweredText {
  const result = lowerHeredocs(text)
  if (!result) throw new Error('There are no heredocs in this text.')
  return result
}

/** The text with placeholders shown as #0, #1, … */
function shown(text: string, { documents }: LoweredText): string {
  return [...documents.keys()].reduce(
    (line, placeholder, index) => line.replaceAll(placeholder, `#${String(index)}`),
    text,
  )
}

test('a text without heredocs is left alone', () => {
  expect(lowerHeredocs('FROM scratch\nRUN echo $((1<<2)) "<<EOF"\n')).toBeNull()
})

test('bodies become empty lines, and every other line stays where it was', () => {
  const text =
    'FROM a\nCOPY --chown=1 x <<EOF <<-"T" /to/\nFROM here\nEOF\n\t$raw\n\tT\nRUN \\\n  --network=none \\\n  cat <<EOF\nb\nEOF\nCMD x\n'
  const result = lowered(text)
  expect(shown(result.text, result)).toBe(
    'FROM a\nCOPY --chown=1 x #0 #1 /to/\n\n\n\n\nRUN \\\n  --network=none \\\n  #2\n\n\nCMD x\n',
  )
  expect([...result.documents.values()]).toMatchObject([
    { kind: 'file', name: 'EOF', content: 'FROM here\n', expand: false, shown: '<<EOF' },
    { kind: 'file', name: 'T', content: '$raw\n', expand: false },
    { kind: 'script', script: 'cat <<EOF\nb\nEOF', file: null },
  ])
  expect(result.probe).toBeNull()
  expect([...result.lastLines]).toEqual([
    [2, 6],
    [7, 11],
  ])
})

test('a RUN of one heredoc is its body; with #! it is a file to be run', () => {
  const result = lowered('FROM a\nRUN <<EOF\nset -e\nEOF\nRUN <<-S\n\t#!/bin/x\n\tgo\n\tS\nRUN <<P\n#!/bin/y\nP\n')
  expect([...result.documents.values()]).toMatchObject([
    { script: 'set -e\n', file: null },
    { script: '#!/bin/x\ngo\n', file: null },
    { script: '/dev/pipes/P', file: { name: 'P', content: '#!/bin/y\n' } },
  ])
})

test('where variables are expanded, a RUN asks for them in the same place', () => {
  const result = lowered('FROM a\nENV X=1\nCOPY <<A <<B /d/\n$X\nA\nplain\nB\nCOPY <<C /c\nplain\nC\n')
  expect(shown(result.probe ?? '', result)).toBe('FROM a\nENV X=1\nRUN #0\n\n\n\n\nCOPY #2 /c\n\n\n')
  expect([...result.documents.values()]).toMatchObject([{ expand: true }, { expand: false }, { expand: false }])
})

test.each([
  ['$A-${A}-$B.', 'one-one-.'],
  ['${NONE:-$A} ${A:+set} ${NONE:+set}', 'one set '],
  ['\\$A \\\\ \\x', '$A \\ x'],
  [`'$A' "$A"`, `'one' "one"`],
  ['100$ and $', '100$ and $'],
  ['${NONE:-{}}', '{}'],
])('%s expands to %s', (body, expanded) => {
  expect(expandHeredoc(body, new Map([['A', 'one']]))).toBe(expanded)
})

test('a reference that asks for a value is refused in BuildKit’s words', () => {
  expect(() => expandHeredoc('${NONE:?give one}', new Map())).toThrow(/NONE: give one/)
})
