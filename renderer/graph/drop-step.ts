import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { moveInstruction } from '../../shared/edits/move-instruction.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'

/** A step by its stage and its place among the file's instructions. */
export type StepPlace = Extract<Selection, { kind: 'step' }>

/** What a step dropped above or below another one writes, and where it is then; null where it stays or does not belong. */
export function dropStep(
  analysis: Analysis,
  dropped: StepPlace,
  beside: StepPlace,
  above: boolean,
): { readonly outcome: EditOutcome; readonly selection: StepPlace } | null {
  const { instruction, stage } = dropped
  const position = beside.instruction + (above ? 0 : 1)
  if (beside.stage !== stage || position === instruction || position === instruction + 1) return null
  return {
    outcome: moveInstruction(analysis, instruction, position > lastStep(analysis, stage) ? null : position),
    selection: { ...dropped, instruction: position > instruction ? position - 1 : position },
  }
}

function lastStep({ graph }: Analysis, stage: StageId): number {
  return graph.stages.find(({ id }) => id === stage)?.steps.at(-1)?.instruction ?? -1
}
