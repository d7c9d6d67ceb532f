import type { Transaction } from '@codemirror/state'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { analysisField } from './analysis-field.ts'
import { changePlacement } from './placement-field.ts'

/** What undo or redo changed: to be brought into view and flashed. */
export interface Recalled {
  /** Of the text as it is now. */
  readonly ranges: readonly TextRange[]
  /** Cards that moved, and those of the stages whose text changed. */
  readonly cards: ReadonlySet<string>
}

export function recalledBy(transaction: Transaction): Recalled {
  const ranges: TextRange[] = []
  transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => ranges.push({ from, to }), true)
  const cards = new Set<string>()
  for (const effect of transaction.effects)
    if (effect.is(changePlacement)) for (const key of effect.value.keys()) cards.add(key)
  for (const { id, range } of transaction.state.field(analysisField).graph.stages)
    if (ranges.some(({ from, to }) => range.from <= to && from <= range.to)) cards.add(id)
  return { ranges, cards }
}
