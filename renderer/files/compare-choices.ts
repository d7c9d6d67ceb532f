import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { BuildView } from '../builds/build-store.ts'

/** Which files of a stage are shown, beside which. */
export interface CompareChoice {
  /** Those after the steps up to this line; null for all steps. */
  readonly line: number | null
  /** `key` of what they are compared with; null for nothing. */
  readonly against: string | null
}

export const wholeStage: CompareChoice = { line: null, against: null }

/** Something to compare with. */
export interface Comparable {
  readonly key: string
  readonly label: string
  readonly reference: FileSystemReference
}

export interface ComparePlace {
  readonly build: string
  readonly stages: readonly Stage[]
  readonly stage: Stage
  readonly before: BuildView['heldBefore']
  readonly choice: CompareChoice
}

const changesFiles: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR'])

/** The steps of a stage that may change its files. */
export function fileSteps(stage: Stage) {
  return stage.steps.filter(({ keyword }) => changesFiles.has(keyword))
}

/** What files of a stage can be compared with. */
export function comparables({ build, stages, stage, before, choice: { line } }: ComparePlace): readonly Comparable[] {
  const base: Comparable = {
    key: 'base',
    label: 'its base',
    reference: { build, stage: stage.index, line: stage.startLine },
  }
  const earlier = fileSteps(stage).findLast(step => line !== null && step.line < line)
  const parent =
    line === null
      ? base
      : {
          key: 'parent',
          label: 'before this step',
          reference: { build, stage: stage.index, line: earlier?.line ?? stage.startLine },
        }
  const others = stages
    .filter(({ index }) => index !== stage.index)
    .map(other => ({ key: `stage ${other.index}`, label: stageTitle(other), reference: { build, stage: other.index } }))
  const past = (before?.stages ?? []).map(other => ({
    key: `before ${other.index}`,
    label: `${stageTitle(other)} of the build before`,
    reference: { build: before?.build ?? '', stage: other.index },
  }))
  return [parent, ...(line === null ? [] : [base]), ...others, ...past]
}
