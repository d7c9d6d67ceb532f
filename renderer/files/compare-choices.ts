import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { BuildView } from '../builds/build-store.ts'

/** Which files of a stage are shown, beside which. */
export interface CompareChoice {
  /** Those after the steps up to this line; null for all steps. */
  readonly line: number | null
  /** Of a build for several: null for the first of them. */
  readonly platform: string | null
  /** `key` of what they are compared with; null for nothing. */
  readonly against: string | null
}

export const wholeStage: CompareChoice = { line: null, platform: null, against: null }

/** Something to compare with. */
export interface Comparable {
  readonly key: string
  readonly label: string
  readonly reference: FileSystemReference
}

export interface ComparePlace {
  readonly build: string
  readonly stages: readonly Stage[]
  /** Where they are several. */
  readonly platforms: readonly string[]
  readonly stage: Stage
  readonly before: BuildView['heldBefore']
  readonly choice: CompareChoice
}

const changesFiles: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR'])

/** The steps of a stage that may change its files. */
export function fileSteps(stage: Stage) {
  return stage.steps.filter(({ keyword }) => changesFiles.has(keyword))
}

/** What files of a stage can be compared with: all for the same platform, but for the stage itself for another one. */
export function comparables({ build, stages, platforms, stage, before, choice }: ComparePlace): readonly Comparable[] {
  const { line, platform } = choice
  const at = (index: number, more: Partial<FileSystemReference> = {}): FileSystemReference => ({
    ...{ build, stage: index },
    ...(platform !== null && { platform }),
    ...more,
  })
  const base: Comparable = { key: 'base', label: 'its base', reference: at(stage.index, { line: stage.startLine }) }
  const earlier = fileSteps(stage).findLast(step => line !== null && step.line < line)
  const parent =
    line === null
      ? base
      : {
          key: 'parent',
          label: 'before this step',
          reference: at(stage.index, { line: earlier?.line ?? stage.startLine }),
        }
  const elsewhere = platforms
    .filter(other => other !== (platform ?? platforms[0]))
    .map(other => ({
      key: `for ${other}`,
      label: `the same for ${other}`,
      reference: {
        ...{ build, stage: stage.index },
        ...(line !== null && { line }),
        ...(other !== platforms[0] && { platform: other }),
      },
    }))
  const others = stages
    .filter(({ index }) => index !== stage.index)
    .map(other => ({ key: `stage ${other.index}`, label: stageTitle(other), reference: at(other.index) }))
  const past = (before?.stages ?? []).map(other => ({
    key: `before ${other.index}`,
    label: `${stageTitle(other)} of the build before`,
    reference: at(other.index, { build: before?.build ?? '' }),
  }))
  return [parent, ...(line === null ? [] : [base]), ...elsewhere, ...others, ...past]
}
