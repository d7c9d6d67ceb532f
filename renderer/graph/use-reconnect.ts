import type { Analysis } from '../../shared/analysis.ts'
import { mainContextKey, nodeKey } from '../../shared/drawing/card-model.ts'
import { endRefusal, reconnectEnd, type EdgeEnd } from '../../shared/edits/reconnect-end.ts'
import type { ConnectionSource } from '../../shared/edits/reconnect.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { EdgeId } from '../../shared/graph/stage-graph.ts'
import { nothingSelected } from '../../shared/selection.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'
import type { FlowNode } from './to-flow.ts'
import { copySource, type StartDrag } from './use-connect-drag.ts'

/** Drags an end of an edge to another card. The reason at the pointer is that of the edit itself, asked once a card. */
export function useReconnect(
  props: GraphPaneProps & { readonly store: PaneStore },
  startDrag: StartDrag,
): (edge: EdgeId, end: EdgeEnd, pointer: Point) => void {
  const { analysis, store, perform, onSelect } = props
  return (id, end, pointer) => {
    const edge = analysis.graph.edges.find(each => each.id === id)
    if (edge === undefined) return
    const outcomes = new Map<string, EditOutcome>()
    const outcomeOn = (node: FlowNode): EditOutcome => {
      const known = outcomes.get(node.id)
      if (known !== undefined) return known
      const to = endAt(analysis, node)
      const outcome: EditOutcome =
        to === null
          ? { kind: 'refused', reason: 'There is nothing there to take from.' }
          : reconnectEnd(analysis, id, end, to)
      outcomes.set(node.id, outcome)
      return outcome
    }
    startDrag(pointer, {
      from: end === 'target' ? nodeKey(edge.from) : edge.to,
      end,
      refusalOf: stage => endRefusal(analysis, id, end, stage),
      judge(node) {
        const outcome = outcomeOn(node)
        if (outcome.kind === 'refused') return { text: outcome.reason, refused: true }
        return { text: outcome.edits.length === 0 ? 'It is there already.' : outcome.title, refused: false }
      },
      drop(node) {
        const outcome = outcomeOn(node)
        if (outcome.kind !== 'edits' || outcome.edits.length === 0 || !perform(outcome)) return
        store.setState({ announcement: outcome.title })
        onSelect(nothingSelected)
      },
    })
  }
}

function endAt(analysis: Analysis, { id }: FlowNode): ConnectionSource | null {
  return id === mainContextKey ? { kind: 'context' } : copySource(analysis, id)
}
