import type { StageId } from '../graph/stage-graph.ts'
import type { StepState } from './build-events.ts'
import type { CriticalStages } from './timeline.ts'

/** What a build says of one step or one stage of the text as it stands now. */
export interface BuildMark {
  readonly state: StepState | 'not-needed'
  /** Performance-clock milliseconds at which it began here, while it runs; null otherwise. For a live timer. */
  readonly runningSince: number | null
  /** Duration once it ended; null before. */
  readonly milliseconds: number | null
  /** A sentence, with `failed`. */
  readonly error: string | null
}

/** What a mark is called wherever it is shown. */
export const markWords: Readonly<Record<BuildMark['state'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  cached: 'Cached',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Stopped',
  // Of the build's target, which need not be the one that is chosen by now.
  'not-needed': 'Not in this build',
}

/** Marks only what still reads as it did when the build began. */
export interface BuildMarks {
  readonly stages: ReadonlyMap<StageId, BuildMark>
  /** By file-wide instruction index of the current text. */
  readonly steps: ReadonlyMap<number, BuildMark>
  /** What the build's length hangs on; left out where that is not asked for. */
  readonly critical?: CriticalStages
}

export const noMarks: BuildMarks = { stages: new Map(), steps: new Map() }
