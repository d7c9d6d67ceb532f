import { isolateHistory } from '@codemirror/commands'
import type { EditorState, TransactionSpec } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { TextEdit, TextRange } from '../../shared/text/text-edit.ts'
import { entryName } from './entry-names.ts'
import { flashRanges } from './highlighted-range.ts'

/** A gesture's edits as one undo step of their own, flashed and scrolled to. */
export function gestureTransaction(state: EditorState, title: string, edits: readonly TextEdit[]): TransactionSpec {
  const changes = state.changes(edits.map(edit => ({ ...edit })))
  const written: TextRange[] = []
  changes.iterChangedRanges((_fromA, _toA, from, to) => written.push({ from, to }), true)
  const target = written.at(-1)
  return {
    changes,
    effects: [
      flashRanges.of(written),
      ...(target ? [EditorView.scrollIntoView(target.from, { y: 'nearest', yMargin: 60 })] : []),
    ],
    annotations: [isolateHistory.of('full'), entryName.of(title)],
  }
}
