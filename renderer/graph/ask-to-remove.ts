import { stageDependents } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { nothingSelected } from '../../shared/selection.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'

/** Removes stages at once where nothing else depends on them; else says what would go with them and asks. */
export function askToRemove(
  props: GraphPaneProps & { readonly store: PaneStore },
  stages: readonly StageId[],
  at: Point,
): void {
  const { analysis, store, perform, onSelect } = props
  if (stageDependents(analysis, stages).length > 0) {
    store.setState({ opened: { kind: 'remove-stages', stages, at } })
    return
  }
  const outcome = removeStages(analysis, stages)
  if (!perform(outcome) || outcome.kind !== 'edits') return
  store.setState({ announcement: outcome.title })
  onSelect(nothingSelected)
}
