import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { indexAfterMove, moveEdits, moveRefusal, moveWarnings } from './move-stage.ts'
import { withoutSideEffects } from './side-effects.ts'
import { stageById } from './stage-text.ts'

/** Moves a stage above one whose FROM has its name already, and which is then built on it instead of on an image. */
export function buildOnLaterStage(analysis: Analysis, child: StageId, later: StageId): EditOutcome {
  const below = stageById(analysis, later)
  const above = stageById(analysis, child)
  if (below === null || above === null) return refused('That stage is no longer in the file.')
  const reason = moveRefusal(analysis, below, above)
  if (reason !== null) return refused(reason)
  const newIndex = indexAfterMove(below, above)
  return withoutSideEffects(analysis, {
    title: `Move ${stageTitle(below)} above ${stageTitle(above)}`,
    edits: moveEdits(analysis, below, above),
    warnings: moveWarnings(analysis, below),
    newIndex,
    // Every stage between that takes this name for an image's now has the stage, too.
    changes: edge => edge.kind === 'base' && edge.from.kind === 'image' && edge.from.reference === below.name,
    wanted: (edge, indexOf) =>
      edge.kind === 'base' &&
      indexOf(edge.to) === newIndex(above.index) &&
      edge.from.kind === 'stage' &&
      indexOf(edge.from.stage) === newIndex(below.index),
  })
}
