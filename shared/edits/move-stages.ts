import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { moveStageAbove } from './move-stage.ts'
import { inSequence, titleOfSeveral } from './sequence.ts'
import { quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

/** Moves stages, which keep their order among themselves, to stand directly above another one; at the end for null. */
export function moveStages(analysis: Analysis, stages: readonly StageId[], above: StageId | null): EditOutcome {
  const all = analysis.graph.stages
  const moved = all.filter(stage => stages.includes(stage.id))
  const [first] = moved
  const place = above === null ? null : stageById(analysis, above)
  if (first === undefined || moved.length !== new Set(stages).size || (above !== null && place === null))
    return refused('That stage is no longer in the file.')
  const titles = titleOfSeveral(moved.map(stageTitle))
  if (place === null) {
    const others = all.slice(first.index).filter(stage => !moved.includes(stage))
    return inSequence(
      analysis,
      `Move ${titles} to the end`,
      others.map(other => current => moveStageAbove(current, other.id, first.id)),
    )
  }
  if (moved.includes(place)) return refused(`${quoted(place)} cannot stand above itself.`)
  const up = moved.filter(stage => stage.index > place.index)
  const down = moved.filter(stage => stage.index < place.index).reverse()
  return inSequence(analysis, `Move ${titles} above ${stageTitle(place)}`, [
    ...up.map(
      ({ id }) =>
        (current: Analysis) =>
          moveStageAbove(current, id, place.id),
    ),
    // The last of them first, each above the one before it: so none ever stands below what needs it.
    ...down.map(({ id }, count) => (current: Analysis) => {
      const at = (stageById(current, place.id)?.index ?? 0) - up.length - count
      const next = current.graph.stages[at]
      return next === undefined || current.graph.stages[at - 1]?.id === id
        ? edits('', [])
        : moveStageAbove(current, id, next.id)
    }),
  ])
}
