import type { Analysis } from '../../shared/analysis.ts'
import type { EdgeId, EdgeKind } from '../../shared/graph/stage-graph.ts'

/** The last edge of that kind, to that destination where one is given. */
export function edgeOf(analysis: Analysis, kind: EdgeKind, destination: string | null = null): EdgeId {
  const edge = analysis.graph.edges.findLast(
    each => each.kind === kind && (destination === null || each.destination === destination),
  )
  if (edge === undefined) throw new Error(`There is no ${kind} edge to ${destination ?? 'anything'}.`)
  return edge.id
}
