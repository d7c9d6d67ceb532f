import type { BuildMark } from '../../shared/builds/build-marks.ts'
import { severalPlatforms } from '../../shared/builds/build-options.ts'
import { buildOutline, combinedMark, stepMark } from '../../shared/builds/build-outline.ts'
import { logOf, type BuildState, type BuildStep, type BuildWarning } from '../../shared/builds/build-state.ts'
import { logLength } from '../../shared/builds/log-buffer.ts'
import type { VertexDigest } from '../../shared/builds/build-events.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'

interface Group {
  readonly kind: 'group'
  readonly key: string
  readonly title: string
  /** Null for what belongs to no stage. */
  readonly stage: Stage | null
  readonly mark: BuildMark | null
  readonly steps: readonly BuildStep[]
}

interface StepRow {
  readonly kind: 'step'
  readonly key: string
  readonly step: BuildStep
  readonly stage: Stage | null
  /** File-wide index in the pinned text; null for a FROM and for what stands nowhere in the text. */
  readonly instruction: number | null
  /** Upper case; '' for what stands nowhere in the text. */
  readonly keyword: string
  readonly gist: string
  /** Where it runs, as the engine writes it (newer ones: `linux/amd64->arm64`); '' in a build for one platform. */
  readonly platform: string
  readonly mark: BuildMark | null
}

interface WarningRow {
  readonly kind: 'warning'
  readonly key: string
  readonly warning: BuildWarning
}

/** One line of the list beside the log. */
export type BuildRow = Group | StepRow | WarningRow

/** The rows of a build, the same value for as long as only output and transfers come: those change no row. */
export function rememberRows(): (build: BuildState) => readonly BuildRow[] {
  let seen: BuildState | null = null
  let rows: readonly BuildRow[] = []
  return build => {
    const same = seen?.steps === build.steps && seen.phase === build.phase && seen.warnings === build.warnings
    if (!same) rows = buildRows(build)
    seen = build
    return rows
  }
}

/** The list, top to bottom: preparation, stage by stage, export, warnings. */
export function buildRows(state: BuildState): readonly BuildRow[] {
  const outline = buildOutline(state)
  const isForSeveral = severalPlatforms(state.request).length > 0
  return [
    ...internalRows(state, 'Preparing', outline.preparing),
    ...outline.stages.flatMap(({ stage, steps }): readonly BuildRow[] => [
      {
        kind: 'group',
        key: `stage ${stage.index}`,
        title: stageTitle(stage),
        stage,
        mark: combinedMark(state, steps),
        steps: steps.map(({ step }) => step),
      },
      ...steps.map(({ step, instruction }): StepRow => {
        const written = stage.steps.find(other => other.instruction === instruction)
        return {
          kind: 'step',
          key: `${stage.index} ${step.vertex}`,
          step,
          stage,
          instruction,
          keyword: written?.keyword ?? 'FROM',
          gist: written?.gist ?? stage.base,
          platform: isForSeveral ? (/^\[(\S+\/\S+) /.exec(step.name)?.[1] ?? '') : '',
          mark: stepMark(state, step),
        }
      }),
    ]),
    ...internalRows(state, 'Exporting', outline.exporting),
    ...warningRows(state.warnings),
  ]
}

function internalRows(state: BuildState, title: string, steps: readonly BuildStep[]): readonly BuildRow[] {
  if (steps.length === 0) return []
  const parts = steps.map(step => ({ step, instruction: 0 }))
  return [
    { kind: 'group', key: title, title, stage: null, mark: combinedMark(state, parts), steps },
    ...steps.map((step): StepRow => {
      const mark = stepMark(state, step)
      return {
        kind: 'step',
        key: step.vertex,
        step,
        stage: null,
        instruction: null,
        keyword: '',
        gist: plainName(step),
        platform: '',
        mark,
      }
    }),
  ]
}

function warningRows(warnings: readonly BuildWarning[]): readonly BuildRow[] {
  if (warnings.length === 0) return []
  return [
    { kind: 'group', key: 'Warnings', title: 'Warnings', stage: null, mark: null, steps: [] },
    ...warnings.map((warning, index): WarningRow => ({ kind: 'warning', key: `warning ${index}`, warning })),
  ]
}

/** The step worth looking at: the one that failed, else one that runs, else the last that had something to say. */
export function tellingStep(state: BuildState, steps: readonly BuildStep[]): VertexDigest | null {
  const speaks = (step: BuildStep) => logLength(logOf(state, step.vertex)) > 0
  const running = steps.filter(step => step.state === 'running')
  const step =
    steps.find(other => other.state === 'failed') ??
    running.find(speaks) ??
    running[0] ??
    steps.findLast(speaks) ??
    steps.findLast(other => other.state === 'done' || other.state === 'cancelled') ??
    steps.at(-1)
  return step?.vertex ?? null
}

/** `[internal] load build context` is `load build context` under a heading that says the rest. */
function plainName(step: BuildStep): string {
  return step.name.startsWith('[internal] ') ? step.name.slice('[internal] '.length) : step.name
}
