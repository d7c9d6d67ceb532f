import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { copyEdit, pathRefusal, placeRefusal, type CopyPaths } from './copy-line.ts'
import { cycleRefusal } from './dependencies.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { indexAfterMove, moveEdits, moveRefusal, moveWarnings } from './move-stage.ts'
import { withoutSideEffects } from './side-effects.ts'
import { copyReference, quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

export interface StageConnection extends CopyPaths {
  readonly from: StageId
  readonly to: StageId
}

/**
 * Writes one `COPY --from`. Where `to` stands above `from`, `from` moves above it in the same outcome. Refuses what
 * `connectionRefusal` refuses, empty paths, and what would change anything else.
 */
export function connectStages(analysis: Analysis, connection: StageConnection): EditOutcome {
  const from = stageById(analysis, connection.from)
  const to = stageById(analysis, connection.to)
  if (from === null || to === null) return refused('That stage is no longer in the file.')
  const reason = connectionRefusal(analysis, from.id, to.id) ?? pathRefusal(connection)
  if (reason !== null) return refused(reason)
  const moves = from.index > to.index
  const newIndex = moves ? indexAfterMove(from, to) : (index: number) => index
  // Where two stages share the name, the one that moves up is no longer the last of them.
  const alone = analysis.graph.stages.every(stage => stage.name !== from.name || stage.id === from.id)
  const reference = moves && !alone ? String(to.index) : copyReference(analysis, from, newIndex(from.index))
  const title = `Connect ${stageTitle(from)} → ${stageTitle(to)}`
  return withoutSideEffects(analysis, {
    title: moves ? `${title}, moving ${stageTitle(from)} above ${stageTitle(to)}` : title,
    edits: [...(moves ? moveEdits(analysis, from, to) : []), copyEdit(analysis, to, reference, connection)],
    warnings: moves ? moveWarnings(analysis, from) : [],
    newIndex,
    wanted: (edge, indexOf) =>
      edge.kind === 'copy' &&
      indexOf(edge.to) === newIndex(to.index) &&
      edge.from.kind === 'stage' &&
      indexOf(edge.from.stage) === newIndex(from.index) &&
      edge.destination === connection.destination.trim(),
  })
}

/**
 * Why no files can go from one stage to the other, or null where `connectStages` with paths would write. Cheap enough to
 * ask of every stage while an edge is dragged.
 */
export function connectionRefusal(analysis: Analysis, from: StageId, to: StageId): string | null {
  const source = stageById(analysis, from)
  const target = stageById(analysis, to)
  if (source === null || target === null) return 'That stage is no longer in the file.'
  if (source.id === target.id) return `${quoted(source)} cannot copy from itself.`
  const cycle = cycleRefusal(analysis, source, target)
  if (cycle !== null) return cycle
  const move = source.index > target.index ? moveRefusal(analysis, source, target) : null
  return move ?? placeRefusal(analysis, target)
}

/** What dropping would do beside the COPY, for the line at the cursor; null where there is nothing to say. */
export function connectionNotice(analysis: Analysis, from: StageId, to: StageId): string | null {
  const source = stageById(analysis, from)
  const target = stageById(analysis, to)
  if (source === null || target === null || source.index <= target.index) return null
  if (connectionRefusal(analysis, from, to) !== null) return null
  return `${quoted(target)} is above ${quoted(source)}: drop to move ${quoted(source)} up.`
}
