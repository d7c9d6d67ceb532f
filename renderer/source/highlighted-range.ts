import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { TextRange } from '../../shared/text/text-edit.ts'

/** Marks the text of what is selected elsewhere; null marks nothing. */
export const markRange = StateEffect.define<TextRange | null>()
/** Flashes text that a canvas gesture has just written. */
export const flashRanges = StateEffect.define<readonly TextRange[]>()

const selectedLine = Decoration.line({ class: 'cm-selected-elsewhere' })
const flash = Decoration.mark({ class: 'cm-flash' })

export const highlightedRange = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes)
    for (const effect of transaction.effects)
      if (effect.is(markRange)) next = lineMarks(transaction.newDoc, effect.value)
    return next
  },
  provide: field => EditorView.decorations.from(field),
})

export const flashedRanges = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const effect = transaction.effects.find(candidate => candidate.is(flashRanges))
    if (effect)
      return Decoration.set(
        effect.value.filter(r => r.to > r.from).map(r => flash.range(r.from, r.to)),
        true,
      )
    return transaction.docChanged ? Decoration.none : decorations
  },
  provide: field => EditorView.decorations.from(field),
})

function lineMarks(doc: EditorView['state']['doc'], range: TextRange | null): DecorationSet {
  if (!range) return Decoration.none
  const marks = []
  const end = Math.min(range.to, doc.length)
  for (let line = doc.lineAt(Math.min(range.from, doc.length)); ; line = doc.line(line.number + 1)) {
    marks.push(selectedLine.range(line.from))
    if (line.to >= end || line.number === doc.lines) return Decoration.set(marks)
  }
}
