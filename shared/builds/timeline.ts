import type { Stage, StageId } from '../graph/stage-graph.ts'
import type { BuildMark } from './build-marks.ts'
import { buildOutline, stepMark } from './build-outline.ts'
import { hasEnded, type BuildState, type BuildStep } from './build-state.ts'
import type { VertexDigest } from './build-events.ts'

/** One step in time; `from` and `to` are milliseconds from the build's first step. */
export interface TimelineBar {
  readonly step: BuildStep
  readonly state: BuildMark['state']
  readonly from: number
  readonly to: number
  /** Whether it goes on: `to` is then the moment it was asked for. */
  readonly running: boolean
  readonly critical: boolean
  /** Bars of a lane that overlap lie in rows below each other. */
  readonly row: number
}

export interface TimelineLane {
  readonly key: string
  readonly title: 'Preparing' | 'Exporting' | Stage
  readonly bars: readonly TimelineBar[]
  readonly rows: number
}

export interface Timeline {
  readonly lanes: readonly TimelineLane[]
  /** Where the last bar ends. */
  readonly end: number
  /** From the first step to the last that waited for it. */
  readonly critical: readonly BuildStep[]
  readonly criticalMilliseconds: number
}

/** Where each step lies in time, stage by stage. `now` is the clock of `runningSince`. */
export function timeline(state: BuildState, now: number): Timeline {
  const times = stepTimes(state, now)
  const critical = criticalPath(state, now)
  const isCritical = new Set(critical.map(({ vertex }) => vertex))
  const outline = buildOutline(state)
  const lane = (key: string, title: TimelineLane['title'], steps: readonly BuildStep[]): TimelineLane[] => {
    const bars: TimelineBar[] = []
    const rowEnds: number[] = []
    const timed = steps.flatMap(step => {
      const time = times.get(step.vertex)
      return time === undefined ? [] : [{ step, ...time }]
    })
    for (const { step, from, to } of timed.sort((a, b) => a.from - b.from || a.to - b.to)) {
      const free = rowEnds.findIndex(end => end <= from)
      const row = free < 0 ? rowEnds.length : free
      rowEnds[row] = to
      const running = step.state === 'running' && !hasEnded(state.phase)
      const mark = stepMark(state, step)?.state ?? step.state
      bars.push({ step, state: mark, from, to, running, critical: isCritical.has(step.vertex), row })
    }
    return bars.length === 0 ? [] : [{ key, title, bars, rows: rowEnds.length }]
  }
  const lanes = [
    ...lane('preparing', 'Preparing', outline.preparing),
    ...outline.stages.flatMap(({ stage, steps }) =>
      lane(
        stage.id,
        stage,
        steps.map(({ step }) => step),
      ),
    ),
    ...lane('exporting', 'Exporting', outline.exporting),
  ]
  return {
    lanes,
    end: Math.max(0, ...[...times.values()].map(({ to }) => to)),
    critical,
    criticalMilliseconds: critical.reduce((sum, { vertex }) => sum + lengthOf(times.get(vertex)), 0),
  }
}

/**
 * The chain of steps that the build's length hangs on, first to last: from the step of a stage that ended last, each
 * time to the input that ended last. What came from the cache took no time and ends the chain.
 */
export function criticalPath(state: BuildState, now: number): readonly BuildStep[] {
  const times = stepTimes(state, now)
  const ran = (vertex: VertexDigest) => {
    const time = times.get(vertex)
    return time !== undefined && time.ran ? time.to : null
  }
  const latest = (vertices: readonly VertexDigest[]) => {
    let last: VertexDigest | undefined
    for (const vertex of vertices) {
      const end = ran(vertex)
      if (end !== null && end > (last === undefined ? -1 : (ran(last) ?? -1))) last = vertex
    }
    return last
  }
  const path: BuildStep[] = []
  const planned = state.steps.filter(({ places }) => places.length > 0).map(({ vertex }) => vertex)
  for (let vertex = latest(planned); vertex !== undefined;) {
    const step = state.steps[state.positions.get(vertex) ?? -1]
    if (step === undefined) break
    path.unshift(step)
    vertex = latest(step.inputs)
  }
  return path
}

/** The stages on the critical path, and the pairs of stages between which it goes, as `from to`. */
export interface CriticalStages {
  readonly stages: ReadonlySet<StageId>
  readonly edges: ReadonlySet<string>
}

export const nothingCritical: CriticalStages = { stages: new Set(), edges: new Set() }

export function criticalStages(state: BuildState, now: number): CriticalStages {
  const stages = new Set<StageId>()
  const edges = new Set<string>()
  let before: StageId | undefined
  for (const { places } of criticalPath(state, now)) {
    const here = places.find(({ stage }) => stage === before) ?? places[0]
    if (here === undefined) continue
    stages.add(here.stage)
    if (before !== undefined && before !== here.stage) edges.add(`${before} ${here.stage}`)
    before = here.stage
  }
  return { stages, edges }
}

interface StepTime {
  readonly from: number
  readonly to: number
  /** False for what came from the cache: the engine gives the times of the build that made it. */
  readonly ran: boolean
}

function stepTimes(state: BuildState, now: number): ReadonlyMap<VertexDigest, StepTime> {
  const ran = state.steps.filter(step => step.started !== null && step.state !== 'cached')
  const origin = Math.min(...ran.map(step => step.started ?? Infinity))
  const times = new Map<VertexDigest, StepTime>()
  for (const step of ran) {
    const from = (step.started ?? origin) - origin
    const running = step.runningSince === null ? 0 : Math.max(0, now - step.runningSince)
    const to = step.completed === null ? from + running : step.completed - origin
    times.set(step.vertex, { from, to: Math.max(from, to), ran: true })
  }
  // The plan has inputs before what needs them.
  for (const step of state.steps) {
    if (stepMark(state, step)?.state !== 'cached') continue
    const at = Math.max(0, ...step.inputs.map(input => times.get(input)?.to ?? 0))
    times.set(step.vertex, { from: at, to: at, ran: false })
  }
  return times
}

function lengthOf(time: StepTime | undefined): number {
  return time === undefined ? 0 : time.to - time.from
}
