import type { Analysis } from '../analysis.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf } from './habits.ts'
import { inSequence } from './sequence.ts'
import { renumbered } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { ownRange, stageById, withStage, withoutStage } from './stage-text.ts'
import { stageTitle } from '../graph/stage-graph.ts'

/** Moves a stage with its own comments to stand directly above another one. Numeric references follow. */
export function moveStageAbove(analysis: Analysis, stage: StageId, above: StageId): EditOutcome {
  const moved = stageById(analysis, stage)
  const other = stageById(analysis, above)
  if (moved === null || other === null) return refused('That stage is no longer in the file.')
  const reason = moveRefusal(analysis, moved, other)
  if (reason !== null) return refused(reason)
  return withoutSideEffects(analysis, {
    title: `Move ${stageTitle(moved)} above ${stageTitle(other)}`,
    edits: moveEdits(analysis, moved, other),
    newIndex: indexAfterMove(moved, other),
    warnings: moveWarnings(analysis, moved),
  })
}

/** Changes places with the stage above. */
export function moveStageUp(analysis: Analysis, stage: StageId): EditOutcome {
  const moved = stageById(analysis, stage)
  if (moved === null) return refused('That stage is no longer in the file.')
  const above = analysis.graph.stages[moved.index - 1]
  return above === undefined
    ? refused(`${quoted(moved)} is the first stage already.`)
    : moveStageAbove(analysis, stage, above.id)
}

/** Changes places with the stage below. */
export function moveStageDown(analysis: Analysis, stage: StageId): EditOutcome {
  const moved = stageById(analysis, stage)
  if (moved === null) return refused('That stage is no longer in the file.')
  const below = analysis.graph.stages[moved.index + 1]
  if (below === undefined) return refused(`${quoted(moved)} is the last stage already.`)
  const outcome = moveStageAbove(analysis, below.id, stage)
  return outcome.kind === 'refused'
    ? outcome
    : { ...outcome, title: `Move ${stageTitle(moved)} below ${stageTitle(below)}` }
}

/** Moves a stage to stand directly below another one. */
export function moveStageBelow(analysis: Analysis, stage: StageId, below: StageId): EditOutcome {
  const moved = stageById(analysis, stage)
  const other = stageById(analysis, below)
  if (moved === null || other === null) return refused('That stage is no longer in the file.')
  const next = analysis.graph.stages[other.index + 1]
  if (next?.id === stage || moved === other) return refused(`${quoted(moved)} already stands there.`)
  const title = `Move ${stageTitle(moved)} below ${stageTitle(other)}`
  const above = (current: Analysis) => moveStageAbove(current, stage, next?.id ?? below)
  const down = (current: Analysis) => moveStageDown(current, stage)
  // The end of the file is reached by changing places with the last stage.
  const steps = next !== undefined ? [above] : moved.index === other.index - 1 ? [down] : [above, down]
  return inSequence(analysis, title, steps)
}

/** Why the stage cannot stand above the other one, or null. Cheap enough to ask while dragging. */
export function moveRefusal(analysis: Analysis, stage: Stage, above: Stage): string | null {
  if (stage.id === above.id) return `${quoted(stage)} cannot stand above itself.`
  if (stage.index === above.index - 1) return `${quoted(stage)} already stands above ${quoted(above)}.`
  return stage.index < above.index ? downRefusal(analysis, stage, above) : upRefusal(analysis, stage, above)
}

function upRefusal(analysis: Analysis, stage: Stage, above: Stage): string | null {
  for (const edge of analysis.graph.edges) {
    if (edge.to !== stage.id || edge.from.kind !== 'stage') continue
    const needed = stageById(analysis, edge.from.stage)
    if (needed !== null && needed.id !== stage.id && needed.index >= above.index)
      return `${quoted(stage)} cannot move above ${quoted(above)}: it needs ${quoted(needed)} on line ${edge.line}.`
  }
  return null
}

function downRefusal(analysis: Analysis, stage: Stage, above: Stage): string | null {
  for (const edge of analysis.graph.edges) {
    if (edge.from.kind !== 'stage' || edge.from.stage !== stage.id) continue
    const user = stageById(analysis, edge.to)
    if (user !== null && user.index > stage.index && user.index < above.index)
      return `${quoted(stage)} cannot move below ${quoted(user)}, which needs it on line ${edge.line}.`
  }
  return null
}

export function indexAfterMove(stage: Stage, above: Stage): (index: number) => number {
  return index => {
    if (stage.index < above.index) {
      if (index === stage.index) return above.index - 1
      return index > stage.index && index < above.index ? index - 1 : index
    }
    if (index === stage.index) return above.index
    return index >= above.index && index < stage.index ? index + 1 : index
  }
}

export function moveWarnings(analysis: Analysis, stage: Stage): readonly string[] {
  const newLast = analysis.graph.stages.at(-2)
  const isLast = stage.id === analysis.graph.stages.at(-1)?.id
  if (!isLast || newLast === undefined || analysis.inputs.target !== null) return []
  return [`${quoted(newLast)} is now the last stage: it is what a build without a target makes.`]
}

export function moveEdits(analysis: Analysis, stage: Stage, above: Stage): readonly TextEdit[] {
  const own = ownRange(analysis, stage)
  const numbers = renumbered(analysis, indexAfterMove(stage, above))
  const within = numbers.filter(edit => edit.from >= own.from && edit.to <= own.to)
  const elsewhere = numbers.filter(edit => !within.includes(edit))
  const stageText = applyEdits(
    analysis.file.text.slice(own.from, own.to),
    within.map(edit => ({ from: edit.from - own.from, to: edit.to - own.from, insert: edit.insert })),
  )
  return [withoutStage(analysis, stage), withStage(analysis, stageText, above, habitsOf(analysis)), ...elsewhere]
}
