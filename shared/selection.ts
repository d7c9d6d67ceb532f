import type { EdgeId, StageId } from './graph/stage-graph.ts'

/** What is selected, wherever it was selected: canvas, text, log and tree mirror it. */
export type Selection =
  | { readonly kind: 'none' }
  /** `also` are stages selected with this one, which everything follows that follows one stage alone. */
  | { readonly kind: 'stage'; readonly stage: StageId; readonly also?: readonly StageId[] }
  /** `instruction` is the file-wide instruction index of a step of that stage. */
  | { readonly kind: 'step'; readonly stage: StageId; readonly instruction: number }
  | { readonly kind: 'edge'; readonly edge: EdgeId }

export const nothingSelected: Selection = { kind: 'none' }

/** In the order in which they were selected. */
export function selectedStages(selection: Selection): readonly StageId[] {
  switch (selection.kind) {
    case 'none':
    case 'edge':
      return []
    case 'stage':
      return [selection.stage, ...(selection.also ?? [])]
    case 'step':
      return [selection.stage]
  }
}

export function selectionOf(stages: Iterable<StageId>): Selection {
  const [stage, ...also] = new Set(stages)
  if (stage === undefined) return nothingSelected
  return also.length === 0 ? { kind: 'stage', stage } : { kind: 'stage', stage, also }
}

/** With the stage, or without it where it is selected. */
export function toggled(selection: Selection, stage: StageId): Selection {
  const stages = selectedStages(selection)
  return selectionOf(stages.includes(stage) ? stages.filter(each => each !== stage) : [...stages, stage])
}
