import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedText, documentText, lineEndings, type LineEnding } from '../../renderer/source/line-endings.ts'

function open(text: string, lineEnding: LineEnding = '\r\n'): EditorState {
  return EditorState.create({ doc: text, extensions: lineEndings(lineEnding) })
}

/** Types `insert` over `from`-`to`, as a key press would, and returns the text with `|` at the cursor. */
function type(state: EditorState, from: number, to: number, insert: string): string {
  const userEvent = insert === '' ? 'delete.backward' : 'input.type'
  const next = state.update({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent,
  }).state
  const text = documentText(next)
  const cursor = next.selection.main.head
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`
}

describe('line ends in the text pane', () => {
  test('every text comes back as it was opened: carriage returns, byte order mark, no last newline', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\r', '\n', '\r\n', 'a', '\uFEFF', '\0', 'é', '😀') }), text => {
        expect(documentText(open(text))).toBe(text)
      }),
    )
  })

  test('the text after changes is the whole text of the new document', () => {
    const text = fc.string({ unit: fc.constantFrom('\r', '\n', '\r\n', 'a', 'b', '\uFEFF', '😀') })
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat(), fc.nat(3), text), { maxLength: 4 }), (before, places) => {
        const state = open(before)
        const changes = places.map(([place, cut, insert]) => {
          const from = place % (before.length + 1)
          return state.changes({ from, to: Math.min(before.length, from + cut), insert: state.toText(insert) })
        })
        const all = changes.reduce((one, other) => one.compose(other.map(one)), state.changes())
        expect(changedText(before, all)).toBe(documentText(state.update({ changes: all }).state))
      }),
    )
  })

  test('Enter in a CRLF file writes CRLF', () => {
    expect(type(open('FROM a\r\nRUN b\r\n'), 6, 6, '\n')).toBe('FROM a\r\n|\r\nRUN b\r\n')
  })

  test('Enter in an LF file writes LF', () => {
    expect(type(open('FROM a\nRUN b\n', '\n'), 6, 6, '\n')).toBe('FROM a\n|\nRUN b\n')
  })

  test('typing at the end of a CRLF line stays before the carriage return', () => {
    expect(type(open('FROM a\r\nRUN b'), 7, 7, 'x')).toBe('FROM ax|\r\nRUN b')
  })

  test('Enter that folds the rest of the line away leaves the line end that was there', () => {
    expect(type(open('FROM a \r\nRUN b'), 6, 8, '\n')).toBe('FROM a\r\n|\r\nRUN b')
  })

  test('Delete at the end of a line joins it with the next', () => {
    expect(type(open('FROM a\r\nRUN b'), 6, 7, '')).toBe('FROM a|RUN b')
  })

  test('backspace at the start of a line takes the carriage return with it', () => {
    expect(type(open('FROM a\r\nRUN b'), 7, 8, '')).toBe('FROM a|RUN b')
  })

  test('no typing ever parts a carriage return from its newline or leaves a lone one', () => {
    const texts = fc.array(fc.constantFrom('FROM a', 'RUN b', ''), { minLength: 1 }).map(lines => lines.join('\r\n'))
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(3), fc.constantFrom('', 'x', '\n', 'a\nb'), (text, at, length, insert) => {
        const state = open(text)
        const from = at % (text.length + 1)
        const to = Math.min(text.length, from + length)
        if (from === to && insert === '') return
        const after = documentText(
          state.update({ changes: { from, to, insert }, userEvent: insert === '' ? 'delete' : 'input.type' }).state,
        )
        expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      }),
    )
  })

  test('the cursor never stands between carriage return and newline', () => {
    const state = open('FROM a\r\nRUN b')
    expect(state.update({ selection: { anchor: 7 } }).state.selection.main.head).toBe(6)
  })
})
