import type { EdgeId, StageId } from './graph/stage-graph.ts'

/** What is selected, wherever it was selected: canvas, text, log and tree mirror it. */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'stage'; readonly stage: StageId }
  /** `instruction` is the file-wide instruction index of a step of that stage. */
  | { readonly kind: 'step'; readonly stage: StageId; readonly instruction: number }
  | { readonly kind: 'edge'; readonly edge: EdgeId }

export const nothingSelected: Selection = { kind: 'none' }
