import {
  type ChangeSet,
  EditorSelection,
  EditorState,
  type Extension,
  type Text,
  type TransactionSpec,
} from '@codemirror/state'
import { Decoration, type EditorView, type DecorationSet, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/*
 * CodeMirror's document drops the difference between \n, \r\n and \r. Slipway must give back every byte, so the document
 * is split at \n alone and a carriage return stays in the text as the last character of its line. Three things follow:
 * the \r is not drawn, the cursor never stands between \r and \n, and typing in a \r\n document writes \r\n.
 */

/** Line ends that new lines get. */
export type LineEnding = '\n' | '\r\n'

const splitAtLineFeed = EditorState.lineSeparator.of('\n')

function insideLineEnd(doc: Text, offset: number): boolean {
  return offset > 0 && offset < doc.length && doc.sliceString(offset - 1, offset + 1) === '\r\n'
}

/** Moves changes off the middle of a \r\n, takes both characters or none, and writes the document's own line ends. */
const keepLineEnds = (lineEnding: LineEnding) =>
  EditorState.transactionFilter.of(transaction => {
    if (!transaction.docChanged || !(transaction.isUserEvent('input') || transaction.isUserEvent('delete')))
      return transaction
    const before = transaction.startState.doc
    const changes: { from: number; to: number; insert: string }[] = []
    const written: { fromB: number; toB: number; end: number; adjusted: boolean }[] = []
    let shift = 0
    transaction.changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
      const from = insideLineEnd(before, fromA) ? fromA - 1 : fromA
      // What is typed over a lone \r leaves the line end alone; what is deleted takes both of its characters.
      const to = !insideLineEnd(before, toA) ? toA : inserted.length > 0 || fromA === toA ? toA - 1 : toA + 1
      const typed = inserted.sliceString(0, inserted.length, '\n')
      const insert = typed.split('\r\n').join('\n').split('\n').join(lineEnding)
      changes.push({ from, to, insert })
      const adjusted = from !== fromA || to !== toA || insert !== typed
      written.push({ fromB, toB, end: from + shift + insert.length, adjusted })
      shift += insert.length - (to - from)
    })
    if (!written.some(change => change.adjusted)) return transaction
    const changeSet = transaction.startState.changes(changes)
    const moved = (head: number) =>
      written.find(change => change.fromB <= head && head <= change.toB)?.end ??
      changeSet.mapPos(transaction.changes.invertedDesc.mapPos(head), 1)
    const cursors = transaction.newSelection.ranges.map(range => EditorSelection.cursor(moved(range.head)))
    const spec: TransactionSpec = {
      changes: changeSet,
      selection: EditorSelection.create(cursors, transaction.newSelection.mainIndex),
      effects: transaction.effects,
      scrollIntoView: transaction.scrollIntoView,
      userEvent: transaction.isUserEvent('delete') ? 'delete' : 'input',
    }
    return spec
  })

const cursorBeforeLineEnd = EditorState.transactionFilter.of(transaction => {
  const selection = transaction.newSelection
  const doc = transaction.newDoc
  if (!selection.ranges.some(range => insideLineEnd(doc, range.head) || insideLineEnd(doc, range.anchor)))
    return transaction
  const outside = (offset: number) => (insideLineEnd(doc, offset) ? offset - 1 : offset)
  const ranges = selection.ranges.map(range => EditorSelection.range(outside(range.anchor), outside(range.head)))
  return [transaction, { selection: EditorSelection.create(ranges, selection.mainIndex), sequential: true }]
})

const hidden = Decoration.replace({})

const hideCarriageReturns = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = trailingCarriageReturns(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = trailingCarriageReturns(update.view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

function trailingCarriageReturns(view: EditorView): DecorationSet {
  const ranges = []
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.line(line.number + 1)) {
      if (line.text.endsWith('\r')) ranges.push(hidden.range(line.to - 1, line.to))
      if (line.to >= to || line.number === view.state.doc.lines) break
    }
  }
  return Decoration.set(ranges)
}

export function lineEndings(lineEnding: LineEnding): Extension {
  return [splitAtLineFeed, keepLineEnds(lineEnding), cursorBeforeLineEnd, hideCarriageReturns]
}

/** The text after changes, by the text before: faster than to put all lines together again. */
export function changedText(before: string, changes: ChangeSet): string {
  const pieces: string[] = []
  let position = 0
  changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    pieces.push(before.slice(position, from), inserted.sliceString(0, inserted.length, '\n'))
    position = to
  })
  pieces.push(before.slice(position))
  return pieces.join('')
}

/** The whole text, byte for byte what was opened plus the edits. */
export function documentText(state: EditorState): string {
  return state.doc.sliceString(0, state.doc.length, '\n')
}
