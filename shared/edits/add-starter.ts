import type { Analysis } from '../analysis.ts'
import type { StageId } from '../graph/stage-graph.ts'
import type { Starter } from '../starters/starters.ts'
import type { EditOutcome } from './edit-outcome.ts'
import { pasteStages } from './paste-stages.ts'

/** Writes the stages of a starter among those of the file, where and under which names `pasteStages` says. */
export function addStarter(analysis: Analysis, starter: Starter, after: StageId | null): EditOutcome {
  const outcome = pasteStages(analysis, starter.text, after)
  return outcome.kind === 'refused' ? outcome : { ...outcome, title: `Add ${starter.name} starter` }
}
