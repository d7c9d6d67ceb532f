import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { TextRange } from '../../shared/text/text-edit.ts'

/** Marks the text of what is selected elsewhere. */
export const markRanges = StateEffect.define<readonly TextRange[]>()
/** Flashes text that a canvas gesture has just written. */
export const flashRanges = StateEffect.define<readonly TextRange[]>()

const selectedLine = Decoration.line({ class: 'cm-selected-elsewhere' })
const flash = Decoration.mark({ class: 'cm-flash' })

export const highlightedRange = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes)
    for (const effect of transaction.effects)
      if (effect.is(markRanges)) next = lineMarks(transaction.newDoc, effect.value)
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

function lineMarks(doc: EditorView['state']['doc'], ranges: readonly TextRange[]): DecorationSet {
  const marks = ranges.flatMap(({ from, to }) => {
    const first = doc.lineAt(Math.min(from, doc.length)).number
    const last = doc.lineAt(Math.min(to, doc.length)).number
    return Array.from({ length: last - first + 1 }, (_, at) => selectedLine.range(doc.line(first + at).from))
  })
  return Decoration.set(marks, true)
}
