import { analyze, type Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { disconnected, removeStage, stageDependents, type Replacement } from './remove-stage.ts'
import { inSequence, titleOfSeveral } from './sequence.ts'

/** Takes stages away at once, each as `removeStage` does; what they take from each other is nobody's loss. */
export function removeStages(
  analysis: Analysis,
  stages: readonly StageId[],
  replacement: Replacement = disconnected,
): EditOutcome {
  const [only] = stages
  if (only !== undefined && stages.length === 1) return removeStage(analysis, only, replacement)
  const removed = analysis.graph.stages.filter(stage => stages.includes(stage.id))
  if (removed.length === 0 || removed.length !== new Set(stages).size)
    return refused('That stage is no longer in the file.')
  if (removed.length === analysis.graph.stages.length)
    return refused('These are all the stages: a Dockerfile needs one.')
  if (replacement.kind === 'stage' && stages.includes(replacement.stage))
    return refused('A stage that goes cannot take the place of another one: choose one that stays.')
  const { target } = analysis.inputs
  const isTarget = target !== null && removed.some(stage => stage.name === target.toLowerCase())
  const without = isTarget ? withoutTarget(analysis) : analysis
  return inSequence(
    without,
    `Remove ${titleOfSeveral(removed.map(stageTitle))}`,
    // From below, so that what goes together is not first built on something else.
    removed.toReversed().map(stage => (current: Analysis) => removeStage(current, stage.id, replacement)),
    stageDependents(analysis, stages, replacement),
  )
}

function withoutTarget(analysis: Analysis): Analysis {
  return analyze(analysis.file.text, { ...analysis.inputs, target: null }, { analysis, mapOffset: offset => offset })
}
