import type { Analysis } from '../analysis.ts'
import type { EdgeId, StageId } from '../graph/stage-graph.ts'
import { connectionRefusal } from './connect-stages.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { reconnectSource, reconnectTarget, type ConnectionSource } from './reconnect.ts'
import { setBase } from './set-base.ts'
import { writtenEdge } from './written-edge.ts'

/** The end of an edge that files come from, or the one that they go to. */
export type EdgeEnd = 'source' | 'target'

/** Lets one end of an edge, a FROM's included, go somewhere else. */
export function reconnectEnd(analysis: Analysis, edge: EdgeId, end: EdgeEnd, to: ConnectionSource): EditOutcome {
  const moved = writtenEdge(analysis, edge)
  if (moved.kind === 'refused') return moved
  if (end === 'target')
    return to.kind === 'stage'
      ? reconnectTarget(analysis, edge, to.stage)
      : refused('Files can only be copied into a stage.')
  if (moved.kind !== 'base') return reconnectSource(analysis, edge, to)
  return to.kind === 'context'
    ? refused('A stage begins from an image, a stage or scratch, not from the build context.')
    : setBase(analysis, moved.to, to)
}

/** Why a stage cannot be that end, as far as can be said of every stage while the end is dragged; null where it can. */
export function endRefusal(analysis: Analysis, edge: EdgeId, end: EdgeEnd, stage: StageId): string | null {
  const moved = writtenEdge(analysis, edge)
  if (moved.kind === 'refused') return moved.reason
  if (end === 'source') return connectionRefusal(analysis, stage, moved.to)
  return moved.from.kind === 'stage' ? connectionRefusal(analysis, moved.from.stage, stage) : null
}
