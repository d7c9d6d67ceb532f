import type { Stage, StageId } from '../graph/stage-graph.ts'
import type { BuildMark } from './build-marks.ts'
import { hasEnded, type BuildState, type BuildStep } from './build-state.ts'

/** A vertex where one of its instructions stands. */
export interface StageStep {
  readonly step: BuildStep
  /** File-wide instruction index in the pinned text; null for the FROM. */
  readonly instruction: number | null
}

/** One stage of the pinned text with what the engine does for it, in the order of the text. */
export interface StageSteps {
  readonly stage: Stage
  readonly steps: readonly StageStep[]
}

export interface BuildOutline {
  /** What comes before any instruction: the Dockerfile, the build context, image metadata, pulls. */
  readonly preparing: readonly BuildStep[]
  /** The stages that the target needs, in the order of the text. */
  readonly stages: readonly StageSteps[]
  /** What makes, names and stores the result. */
  readonly exporting: readonly BuildStep[]
}

/** Which stage and instruction each vertex belongs to, by its lines. A FROM shared by stages stands in all of them. */
export function buildOutline(state: BuildState): BuildOutline {
  const byStage = new Map<StageId, StageStep[]>()
  for (const stage of state.analysis.graph.stages) if (state.needed.has(stage.id)) byStage.set(stage.id, [])
  const preparing: BuildStep[] = []
  const exporting: BuildStep[] = []
  for (const step of state.steps) {
    const places = isInternal(step) ? [] : step.places.filter(place => byStage.has(place.stage))
    for (const { stage, instruction } of places) byStage.get(stage)?.push({ step, instruction })
    if (places.length > 0) continue
    if (isExport(step)) exporting.push(step)
    else preparing.push(step)
  }
  const stages: StageSteps[] = []
  for (const stage of state.analysis.graph.stages) {
    const steps = byStage.get(stage.id)
    if (steps === undefined) continue
    steps.sort((a, b) => (a.instruction ?? -1) - (b.instruction ?? -1))
    stages.push({ stage, steps })
  }
  return { preparing, stages, exporting }
}

/** The context's transfer bears the lines of the instructions that read it, and still is none of them. */
function isInternal(step: BuildStep): boolean {
  return step.name.startsWith('[internal]') || step.places.length === 0
}

function isExport(step: BuildStep): boolean {
  return step.name.startsWith('exporting') || step.name.startsWith('naming')
}

/** What the build says of one step; null where it ended without coming to it. */
export function stepMark(state: BuildState, step: BuildStep): BuildMark | null {
  const base = { runningSince: step.runningSince, milliseconds: duration(step), error: step.error }
  if (step.state !== 'queued' || !hasEnded(state.phase)) return { ...base, state: step.state }
  // A build that went well without this step took a later one from the cache, and this with it.
  return state.phase === 'succeeded' ? { ...base, state: 'cached', milliseconds: 0 } : null
}

/** Milliseconds that a step took; null before it ended. */
export function duration(step: BuildStep): number | null {
  if (step.state === 'queued' || step.state === 'running') return null
  return step.started === null || step.completed === null ? 0 : Math.max(0, step.completed - step.started)
}

/**
 * What the build says of several steps as one: failed before cancelled before running before queued; cached where all
 * but a FROM came from the cache; else done. The duration is the time spent working, waiting for other stages left out.
 */
export function combinedMark(state: BuildState, steps: readonly StageStep[]): BuildMark | null {
  const marks: { readonly mark: BuildMark; readonly from: boolean }[] = []
  let unreached = 0
  for (const { step, instruction } of steps) {
    const mark = stepMark(state, step)
    if (mark === null) unreached += 1
    else marks.push({ mark, from: instruction === null })
  }
  if (marks.length === 0) {
    if (!hasEnded(state.phase)) return { state: 'queued', runningSince: null, milliseconds: null, error: null }
    // Nothing to run: an alias of another stage, or only instructions that change the image's configuration.
    return state.phase === 'succeeded' ? { state: 'done', runningSince: null, milliseconds: 0, error: null } : null
  }
  const having = (wanted: BuildMark['state']) => marks.find(({ mark }) => mark.state === wanted)?.mark
  const spent = marks.reduce((sum, { mark }) => sum + (mark.milliseconds ?? 0), 0)
  const failed = having('failed')
  if (failed !== undefined) return { state: 'failed', runningSince: null, milliseconds: spent, error: failed.error }
  if (having('cancelled') !== undefined)
    return { state: 'cancelled', runningSince: null, milliseconds: spent, error: null }
  const since = marks.flatMap(({ mark }) => mark.runningSince ?? [])
  if (having('running') !== undefined) {
    const runningSince = since.length === 0 ? null : Math.min(...since) - spent
    return { state: 'running', runningSince, milliseconds: null, error: null }
  }
  if (unreached > 0) return null
  if (having('queued') !== undefined) return { state: 'queued', runningSince: null, milliseconds: null, error: null }
  const own = marks.some(({ from }) => !from) ? marks.filter(({ from }) => !from) : marks
  const cached = own.every(({ mark }) => mark.state === 'cached')
  return { state: cached ? 'cached' : 'done', runningSince: null, milliseconds: spent, error: null }
}

/** The stages that the engine made in full: those whose files can be looked at, also after a build that failed. */
export function finishedStages(state: BuildState): readonly Stage[] {
  return buildOutline(state).stages.flatMap(({ stage, steps }) => {
    const made = combinedMark(state, steps)?.state
    return made === 'done' || made === 'cached' ? [stage] : []
  })
}

export interface StepCount {
  /** Instructions that came from the cache. */
  readonly cached: number
  /** Those that the engine is through with, one way or another. */
  readonly ended: number
  /** Instructions that the engine has a step for, each once. */
  readonly total: number
}

/** Counts what stands in the text; transfers, pulls and exports are not steps to a reader of the file. */
export function countSteps(state: BuildState): StepCount {
  let cached = 0
  let ended = 0
  let total = 0
  for (const step of state.steps) {
    if (isInternal(step)) continue
    total += 1
    const mark = stepMark(state, step)
    if (mark !== null && mark.state !== 'queued' && mark.state !== 'running') ended += 1
    if (mark?.state === 'cached') cached += 1
  }
  return { cached, ended, total }
}
