import type { Analysis } from '../analysis.ts'
import type { EdgeId, GraphEdge } from '../graph/stage-graph.ts'
import { refused, type Refusal } from './edit-outcome.ts'
import { quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

/** The edge with that id, which a gesture is to change; refused where it is gone, or where no text of the file makes it. */
export function writtenEdge(analysis: Analysis, id: EdgeId): GraphEdge | Refusal {
  const edge = analysis.graph.edges.find(each => each.id === id)
  if (edge === undefined) return refused('That connection is no longer in the file.')
  const reason = imageTriggerRefusal(analysis, edge)
  return reason === null ? edge : refused(reason)
}

/** Why an edge cannot be changed that a trigger in the configuration of an image makes; null for any other. */
export function imageTriggerRefusal(analysis: Analysis, edge: GraphEdge): string | null {
  const to = edge.onbuild ? stageById(analysis, edge.to) : null
  if (to === null || to.baseSource.kind === 'stage') return null
  return `${quoted(to)} takes that by a trigger of the image \`${to.base}\`, which stands in no line of this file: choose another base instead.`
}
