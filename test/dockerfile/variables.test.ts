import { describe, expect, test } from 'vitest'
import { expandWord } from '../../shared/dockerfile/variables.ts'

const environment = new Map([
  ['x', 'one'],
  ['empty', ''],
  ['path', '/usr/local/bin/tool.tar.gz'],
])

function expand(word: string, escape = '\\'): string {
  const result = expandWord(word, environment, escape)
  return result.kind === 'lexed' ? result.lexed.text : `! ${result.message}`
}

describe('VAR-01 variables', () => {
  test.each([
    ['$x/${x}', 'one/one'],
    ['$unset', ''],
    ['a$', 'a$'],
    ['\\$x', '$x'],
    ["'$x'", '$x'],
    ['"$x"', 'one'],
    ['"a\\"b\\c"', 'a"b\\c'],
    ['${unset:-two}', 'two'],
    ['${unset:-$x}', 'one'],
    ['${empty:-two}', 'two'],
    ['${empty-two}', ''],
    ['${x:+two}', 'two'],
    ['${empty:+two}', ''],
    ['${empty+two}', 'two'],
    ['${x:?needed}', 'one'],
    ['${path#*/}', 'usr/local/bin/tool.tar.gz'],
    ['${path##*/}', 'tool.tar.gz'],
    ['${path%.*}', '/usr/local/bin/tool.tar'],
    ['${path%%.*}', '/usr/local/bin/tool'],
    ['${path/local/share}', '/usr/share/bin/tool.tar.gz'],
    ['${path//\\//-}', '-usr-local-bin-tool.tar.gz'],
    ['${path/t??l/x}', '/usr/local/bin/x.tar.gz'],
    ['${x/n*/_}', 'o_'],
  ])('%s', (word, expected) => expect(expand(word)).toBe(expected))

  test.each([
    ['${}', '! failed to process "${}": syntax error: bad substitution'],
    ['${x', '! failed to process "${x": unsupported modifier (\uFFFD) in substitution'],
    ['${unset:-a', '! failed to process "${unset:-a": syntax error: missing \'}\''],
    ['${unset:?is needed}', '! failed to process "${unset:?is needed}": unset: is needed'],
    ['${unset?}', '! failed to process "${unset?}": unset: is not allowed to be unset'],
    ["'a", '! failed to process "\'a": unexpected end of statement while looking for matching single-quote'],
    ['"a', '! failed to process "\\"a": unexpected end of statement while looking for matching double-quote'],
  ])('%s is refused', (word, expected) => expect(expand(word)).toBe(expected))

  test('VAR-02 the escape directive changes the escape', () => {
    expect(expand('`$x', '`')).toBe('$x')
    expect(expand('c:\\$x', '`')).toBe('c:\\one')
  })

  test('VAR-03 says which names had a value and which had none', () => {
    const result = expandWord('$x $y ${z:-$x}', environment, '\\')
    expect(result).toMatchObject({ kind: 'lexed', lexed: { matched: ['x'], unmatched: ['y', 'z'] } })
  })
})
