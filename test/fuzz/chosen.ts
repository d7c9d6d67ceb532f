import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import type { Random } from './random.ts'

/** What a gesture is tried on. */
export interface Chosen {
  readonly analysis: Analysis
  readonly random: Random
  readonly stage: StageId
  readonly other: StageId
  readonly edge: EdgeId
  /** An index among the file's instructions. */
  readonly step: number
  /** One of those instructions, where there is one. */
  readonly stepOf: (...keywords: readonly string[]) => number
  readonly name: string
  readonly path: string
  readonly word: string
}

export type Gestures = Readonly<Record<string, (chosen: Chosen) => EditOutcome>>
