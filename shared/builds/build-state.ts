import type { Analysis } from '../analysis.ts'
import type { StageId } from '../graph/stage-graph.ts'
import type { BuildEvent, BuildRequest, PlannedStep, StepState, VertexDigest } from './build-events.ts'
import { appendLog, emptyLog, type LogBuffer } from './log-buffer.ts'
import { neededStages, placeLines, type LineSpan, type PlaceLines, type StepPlace } from './step-places.ts'

export type BuildPhase = 'starting' | 'running' | 'succeeded' | 'failed' | 'cancelled'

/** One vertex of the build. */
export interface BuildStep {
  readonly vertex: VertexDigest
  readonly name: string
  readonly lines: readonly LineSpan[]
  /** The instructions it stands for in the pinned text; empty for what the engine does on its own account. */
  readonly places: readonly StepPlace[]
  readonly inputs: readonly VertexDigest[]
  readonly state: StepState
  /** On the daemon's clock: only differences mean anything. */
  readonly started: number | null
  readonly completed: number | null
  /** On our own monotonic clock while it runs, for a live timer; null otherwise. */
  readonly runningSince: number | null
  readonly error: string | null
}

/** Bytes moved within a step; `total` is 0 where the engine does not know it. */
export interface StepTransfer {
  readonly id: string
  readonly name: string
  readonly current: number
  readonly total: number
  readonly completed: boolean
}

export type BuildWarning = Omit<Extract<BuildEvent, { kind: 'warning' }>, 'kind'>
export type BuildFailure = Omit<Extract<BuildEvent, { kind: 'failed' }>, 'kind'>
export type BuildResult = Omit<Extract<BuildEvent, { kind: 'succeeded' }>, 'kind'>

/**
 * One build, from the click to its last event. `logs` and `transfers` go by the position of their step in `steps`, so
 * that output arriving in bulk leaves `steps`, and all that is drawn from it, as it was.
 */
export interface BuildState {
  readonly request: BuildRequest
  /** Of the text that is built. Lines, stages and instructions of this state are meant in it. */
  readonly analysis: Analysis
  /** Stages that the target goes through. */
  readonly needed: ReadonlySet<StageId>
  readonly phase: BuildPhase
  /** Names the build for the file systems it leaves; null until the engine took it. */
  readonly build: string | null
  readonly engine: string | null
  /** On our own monotonic clock. */
  readonly began: number
  /** How long it took; null until it ended. */
  readonly milliseconds: number | null
  readonly steps: readonly BuildStep[]
  readonly positions: ReadonlyMap<VertexDigest, number>
  readonly logs: readonly LogBuffer[]
  readonly transfers: readonly (readonly StepTransfer[])[]
  readonly warnings: readonly BuildWarning[]
  readonly result: BuildResult | null
  readonly failure: BuildFailure | null
  readonly place: PlaceLines
}

/** A build that was asked for and has not answered yet. `now` is the monotonic clock, in milliseconds. */
export function startBuild(request: BuildRequest, analysis: Analysis, now: number): BuildState {
  return {
    request,
    analysis,
    needed: neededStages(analysis.graph, request.target),
    phase: 'starting',
    build: null,
    engine: null,
    began: now,
    milliseconds: null,
    steps: [],
    positions: new Map(),
    logs: [],
    transfers: [],
    warnings: [],
    result: null,
    failure: null,
    place: placeLines(analysis.graph),
  }
}

export function hasEnded(phase: BuildPhase): boolean {
  switch (phase) {
    case 'starting':
    case 'running':
      return false
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return true
  }
}

/**
 * The state after one more event, at `now` of the monotonic clock. Nothing changes once the build has ended; an event
 * that says nothing new gives the same state back.
 */
export function reduceBuild(state: BuildState, event: BuildEvent, now: number): BuildState {
  if (hasEnded(state.phase)) return state
  switch (event.kind) {
    case 'started':
      return { ...state, phase: 'running', build: event.build, engine: event.engine }
    case 'planned':
      return plan(running(state), event.steps)
    case 'step':
      return changeStep(running(state), event, now)
    case 'log':
      return addOutput(running(state), event)
    case 'progress':
      return addTransfer(running(state), event)
    case 'warning':
      return addWarning(running(state), event)
    case 'succeeded': {
      const { image, tags, milliseconds } = event
      return end(state, now, 'succeeded', { milliseconds, result: { image, tags, milliseconds } })
    }
    case 'failed': {
      const { message, detail, vertex, lines, exitCode, milliseconds = now - state.began } = event
      return end(state, now, 'failed', {
        milliseconds,
        failure: { message, detail, vertex, lines, exitCode },
      })
    }
    case 'cancelled':
      return end(state, now, 'cancelled', { milliseconds: event.milliseconds })
  }
}

/** The step of a vertex, with what goes by its position. */
export function stepOf(state: BuildState, vertex: VertexDigest): BuildStep | undefined {
  const position = state.positions.get(vertex)
  return position === undefined ? undefined : state.steps[position]
}

export function logOf(state: BuildState, vertex: VertexDigest): LogBuffer {
  const position = state.positions.get(vertex)
  return (position === undefined ? undefined : state.logs[position]) ?? emptyLog
}

export function transfersOf(state: BuildState, vertex: VertexDigest): readonly StepTransfer[] {
  const position = state.positions.get(vertex)
  return (position === undefined ? undefined : state.transfers[position]) ?? []
}

function running(state: BuildState): BuildState {
  return state.phase === 'running' ? state : { ...state, phase: 'running' }
}

function unplanned(vertex: VertexDigest, name: string): BuildStep {
  return {
    vertex,
    name,
    lines: [],
    places: [],
    inputs: [],
    state: 'queued',
    started: null,
    completed: null,
    runningSince: null,
    error: null,
  }
}

/** The state with a step for `vertex`, which the plan need not have named: pulls, transfers and exports are not in it. */
function withStep(state: BuildState, vertex: VertexDigest, name: string): readonly [BuildState, number, BuildStep] {
  const known = state.positions.get(vertex)
  const there = known === undefined ? undefined : state.steps[known]
  if (known !== undefined && there !== undefined) return [state, known, there]
  const position = state.steps.length
  const step = unplanned(vertex, name)
  const grown: BuildState = {
    ...state,
    steps: [...state.steps, step],
    logs: [...state.logs, emptyLog],
    transfers: [...state.transfers, []],
    positions: new Map(state.positions).set(vertex, position),
  }
  return [grown, position, step]
}

function plan(state: BuildState, planned: readonly PlannedStep[]): BuildState {
  const steps = [...state.steps]
  const positions = new Map(state.positions)
  for (const { vertex, name, lines, inputs } of planned) {
    const position = positions.get(vertex) ?? steps.length
    steps[position] = {
      ...(steps[position] ?? unplanned(vertex, name)),
      name,
      lines,
      inputs,
      places: state.place(lines),
    }
    positions.set(vertex, position)
  }
  const added = steps.length - state.steps.length
  const logs = [...state.logs, ...Array.from({ length: added }, () => emptyLog)]
  const transfers = [...state.transfers, ...Array.from({ length: added }, () => [])]
  return { ...state, steps, positions, logs, transfers }
}

function changeStep(state: BuildState, event: Extract<BuildEvent, { kind: 'step' }>, now: number): BuildState {
  const [grown, position, step] = withStep(state, event.vertex, event.name)
  const changed: BuildStep = {
    ...step,
    name: event.name === '' ? step.name : event.name,
    state: event.state,
    started: event.started ?? step.started,
    completed: event.completed ?? step.completed,
    runningSince: event.state === 'running' ? (step.runningSince ?? now) : null,
    error: event.error,
  }
  return sameStep(step, changed) ? grown : { ...grown, steps: grown.steps.with(position, changed) }
}

function sameStep(a: BuildStep, b: BuildStep): boolean {
  return (
    a.state === b.state &&
    a.started === b.started &&
    a.completed === b.completed &&
    a.error === b.error &&
    a.name === b.name
  )
}

function addOutput(state: BuildState, event: Extract<BuildEvent, { kind: 'log' }>): BuildState {
  const [grown, position] = withStep(state, event.vertex, event.vertex)
  const log = appendLog(grown.logs[position] ?? emptyLog, event.stream, event.text)
  return { ...grown, logs: grown.logs.with(position, log) }
}

function addTransfer(state: BuildState, event: Extract<BuildEvent, { kind: 'progress' }>): BuildState {
  const [grown, position] = withStep(state, event.vertex, event.vertex)
  const { id, name, current, total, completed } = event
  const transfer: StepTransfer = { id, name, current, total, completed }
  const before = grown.transfers[position] ?? []
  const known = before.findIndex(other => other.id === id)
  const after = known < 0 ? [...before, transfer] : before.with(known, transfer)
  return { ...grown, transfers: grown.transfers.with(position, after) }
}

function addWarning(state: BuildState, event: Extract<BuildEvent, { kind: 'warning' }>): BuildState {
  const { rule, message, lines } = event
  const line = lines[0]?.start
  const known = state.warnings.some(
    other => other.rule === rule && other.message === message && other.lines[0]?.start === line,
  )
  return known ? state : { ...state, warnings: [...state.warnings, { rule, message, lines }] }
}

/** What still ran when the build stopped was stopped with it; the failed step is named even where no step event did. */
function end(
  state: BuildState,
  now: number,
  phase: Extract<BuildPhase, 'succeeded' | 'failed' | 'cancelled'>,
  rest: Partial<Pick<BuildState, 'milliseconds' | 'result' | 'failure'>>,
): BuildState {
  const failed = rest.failure?.vertex ?? null
  const steps = state.steps.map((step): BuildStep => {
    if (step.vertex === failed && step.state !== 'failed')
      return { ...stopped(step, now), state: 'failed', error: rest.failure?.message ?? null }
    if (step.state !== 'running') return step
    return { ...stopped(step, now), state: phase === 'succeeded' ? 'done' : 'cancelled' }
  })
  return { ...state, phase, steps, ...rest }
}

/** A step that ran until `now`, on our own clock: the daemon said when it began, and nothing of its end. */
function stopped(step: BuildStep, now: number): BuildStep {
  const { started, completed, runningSince } = step
  const ran = runningSince === null ? 0 : Math.max(0, now - runningSince)
  return { ...step, runningSince: null, completed: completed ?? (started === null ? null : started + ran) }
}
