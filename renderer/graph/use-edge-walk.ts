import { useRef } from 'react'
import type { EdgeId } from '../../shared/graph/stage-graph.ts'
import type { FlowEdge } from './to-flow.ts'

/** One forward or one back. */
type Step = 1 | -1

/**
 * From edge to edge of one card: first those into it, then those out of it, also where they lead out of the view. Begins
 * with a card by its key or, with an edge, goes on around the card that it was begun with; with neither, all edges are one round.
 */
export function useEdgeWalk(
  edges: readonly FlowEdge[],
): (from: { readonly card: string } | { readonly edge: EdgeId } | null, by: Step) => FlowEdge | undefined {
  const around = useRef<string | null>(null)
  return (from, by) => {
    const at =
      from !== null && 'edge' in from ? edges.findIndex(({ data }) => data?.edge.edges.includes(from.edge)) : -1
    const current = edges[at]
    if (current === undefined) around.current = from !== null && 'card' in from ? from.card : null
    else if (around.current !== null && current.source !== around.current && current.target !== around.current)
      around.current = current.target
    const { current: card } = around
    const round =
      card === null
        ? edges
        : [...edges.filter(({ target }) => target === card), ...edges.filter(({ source }) => source === card)]
    const next = current === undefined ? (by > 0 ? 0 : -1) : round.indexOf(current) + by
    return round.at(next % Math.max(1, round.length))
  }
}
