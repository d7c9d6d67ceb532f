import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { stageText } from './copy-stages.ts'
import { duplicateStage } from './duplicate-stage.ts'
import type { EditOutcome } from './edit-outcome.ts'
import { pasteStages } from './paste-stages.ts'
import { titleOfSeveral } from './sequence.ts'

/** Writes stages once more, below the last of them; what they take from each other, the copies take from each other. */
export function duplicateStages(analysis: Analysis, stages: readonly StageId[]): EditOutcome {
  const [only] = stages
  if (only !== undefined && stages.length === 1) return duplicateStage(analysis, only)
  const outcome = pasteStages(analysis, stageText(analysis, stages), belowStages(analysis, stages))
  if (outcome.kind === 'refused') return outcome
  const originals = analysis.graph.stages.filter(stage => stages.includes(stage.id))
  return { ...outcome, title: `Duplicate ${titleOfSeveral(originals.map(stageTitle))}` }
}

/** The stage that others are written below when these are selected; null for above the final one, which stays the last. */
export function belowStages({ graph }: Analysis, stages: readonly StageId[]): StageId | null {
  const last = graph.stages.findLast(stage => stages.includes(stage.id))
  return last === undefined || last === graph.stages.at(-1) ? null : last.id
}
