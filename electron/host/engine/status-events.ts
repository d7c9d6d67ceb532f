import type { Timestamp } from '@bufbuild/protobuf/wkt'
import { createHash } from 'node:crypto'
import type { BuildEvent, StepState, VertexDigest } from '../../../shared/builds/build-events.ts'
import type { StatusResponse, Vertex, VertexStatus, VertexWarning } from './protocol/generated/control_pb.ts'

type StepEvent = Extract<BuildEvent, { kind: 'step' }>
type LogEvent = Extract<BuildEvent, { kind: 'log' }>
type ProgressEvent = Extract<BuildEvent, { kind: 'progress' }>

interface LogDecoder {
  readonly event: Omit<LogEvent, 'text'>
  readonly decoder: InstanceType<typeof TextDecoder>
}

const outputKept = 2_000
/** Characters from which on an event of output is not added to. */
const longOutput = 1 << 15

/** What a build's end needs to know of a failed vertex. */
export interface VertexFailure {
  readonly vertex: VertexDigest
  readonly name: string
  readonly error: string
}

/**
 * Turns the engine's status messages into events. The engine repeats itself: a vertex is announced, started and
 * completed several times (once for its cache key, once for the run), so the latest values hold and only changes go on.
 */
export class StatusEvents {
  /** The first vertex that failed for a reason of its own; later ones are only cancelled by it. */
  failure: VertexFailure | null = null
  /** The end of what each vertex printed. */
  readonly #output = new Map<VertexDigest, string>()
  /** On the engine's clock. Reading the Dockerfile is what every build begins with, and it is never taken from a cache. */
  #began: number | null = null
  /** From the digest by which the engine tells of a vertex to the one in the definition, where they differ. */
  readonly #planned = new Map<VertexDigest, VertexDigest>()
  readonly #steps = new Map<VertexDigest, StepEvent>()
  readonly #progress = new Map<string, ProgressEvent>()
  readonly #decoders = new Map<string, LogDecoder>()

  /**
   * A vertex that is not to come from the cache has another digest (solver/jobs.go) where the engine still holds the
   * same one from an earlier build.
   */
  plan(vertices: readonly { readonly digest: VertexDigest }[]): void {
    for (const { digest } of vertices)
      this.#planned.set(`sha256:${createHash('sha256').update(`${digest}-ignorecache`).digest('hex')}`, digest)
  }

  /** Output that comes in many small pieces is given in few: each event costs the window more than its text does. */
  *read(response: StatusResponse): Generator<BuildEvent> {
    let output: LogEvent | null = null
    for (const event of this.#read(response)) {
      if (event.kind === 'log' && output && follows(event, output))
        output = { ...event, text: output.text + event.text }
      else {
        if (output) yield output
        output = event.kind === 'log' ? event : null
        if (!output) yield event
      }
    }
    if (output) yield output
  }

  *#read(response: StatusResponse): Generator<BuildEvent> {
    for (const vertex of response.vertexes) yield* this.#step(vertex)
    for (const status of response.statuses) yield* this.#moved(status)
    for (const log of response.logs) {
      if (this.#isEarlier(milliseconds(log.timestamp))) continue
      const stream = log.stream === 2n ? 'stderr' : 'stdout'
      const vertex = this.#plannedDigest(log.vertex)
      const key = `${stream} ${vertex}`
      const known = this.#decoders.get(key)
      // The engine cuts output anywhere, also inside a character: each stream keeps its own decoder.
      const decoder = known?.decoder ?? new TextDecoder('utf-8', { ignoreBOM: true })
      const event = known?.event ?? { kind: 'log' as const, vertex, stream }
      if (!known) this.#decoders.set(key, { event, decoder })
      const text = decoder.decode(log.message, { stream: true })
      if (text === '') continue
      this.#output.set(vertex, ((this.#output.get(vertex) ?? '') + text).slice(-outputKept))
      yield { ...event, text }
      const limit = clipping.exec(text)?.[1]
      if (limit !== undefined) yield clippedEvent(this.#steps.get(vertex)?.name ?? 'a step', limit)
    }
    for (const warning of response.warnings) yield warningEvent(warning)
  }

  /**
   * After a build that went well: a step that was never begun was not needed, as what comes after it was in the cache. The
   * engine says nothing of it then.
   */
  *passedOver(vertices: readonly { readonly digest: VertexDigest; readonly name: string }[]): Generator<BuildEvent> {
    for (const { digest, name } of vertices) {
      if ((this.#steps.get(digest)?.state ?? 'queued') !== 'queued') continue
      yield { kind: 'step', vertex: digest, name, state: 'cached', started: null, completed: null, error: null }
    }
  }

  /** What was left of a character when the output ended. */
  *finish(): Generator<BuildEvent> {
    for (const { event, decoder } of this.#decoders.values()) {
      const text = decoder.decode()
      if (text !== '') yield { ...event, text }
    }
  }

  outputOf(vertex: VertexDigest): string {
    return this.#output.get(vertex) ?? ''
  }

  /** Resolves once a failure has been told of, or after the time given. */
  async settled(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds
    while (!this.failure && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 10))
  }

  /** Whether this vertex was carried out, or taken from the cache. */
  isComplete(vertex: VertexDigest): boolean {
    const state = this.#steps.get(vertex)?.state
    return state === 'done' || state === 'cached'
  }

  *#step(vertex: Vertex): Generator<BuildEvent> {
    const digest = this.#plannedDigest(vertex.digest)
    const before = this.#steps.get(digest)
    const started = milliseconds(vertex.started) ?? before?.started ?? null
    // Started anew after the cache key was computed: not completed any more.
    const completed = milliseconds(vertex.completed) ?? (vertex.started ? null : (before?.completed ?? null))
    this.#began ??= started
    // What another build still holds is told again with the times of its own run: for this build it is cached.
    const known = vertex.cached || before?.state === 'cached' || this.#isEarlier(completed)
    const state = stateOf(vertex.error, started, completed, known)
    const error = state === 'failed' ? vertex.error : null
    if (state === 'failed') this.failure ??= { vertex: digest, name: vertex.name, error: vertex.error }
    const step: StepEvent = { kind: 'step', vertex: digest, name: vertex.name, state, started, completed, error }
    if (before && same(before, step)) return
    this.#steps.set(digest, step)
    yield step
  }

  #plannedDigest(digest: VertexDigest): VertexDigest {
    return this.#planned.get(digest) ?? digest
  }

  #isEarlier(time: number | null): boolean {
    return time !== null && this.#began !== null && time < this.#began
  }

  *#moved(status: VertexStatus): Generator<BuildEvent> {
    if (this.#isEarlier(milliseconds(status.completed))) return
    const event: ProgressEvent = {
      kind: 'progress',
      vertex: this.#plannedDigest(status.vertex),
      id: status.id,
      name: status.name,
      current: Number(status.current),
      total: Number(status.total),
      completed: status.completed !== undefined,
    }
    const key = `${event.vertex} ${status.id}`
    const before = this.#progress.get(key)
    if (
      before &&
      before.current === event.current &&
      before.total === event.total &&
      before.completed === event.completed
    )
      return
    this.#progress.set(key, event)
    yield event
  }
}

function follows(event: LogEvent, before: LogEvent): boolean {
  return event.vertex === before.vertex && event.stream === before.stream && before.text.length < longOutput
}

function stateOf(error: string, started: number | null, completed: number | null, known: boolean): StepState {
  // Other branches are stopped when one fails; the engine reports that as an error of theirs.
  if (error !== '') return error.includes('context canceled') ? 'cancelled' : 'failed'
  if (known) return 'cached'
  if (completed !== null) return 'done'
  return started === null ? 'queued' : 'running'
}

function same(left: StepEvent, right: StepEvent): boolean {
  return (
    left.state === right.state &&
    left.started === right.started &&
    left.completed === right.completed &&
    left.error === right.error &&
    left.name === right.name
  )
}

function milliseconds(time: Timestamp | undefined): number | null {
  return time ? Number(time.seconds) * 1_000 + time.nanos / 1_000_000 : null
}

/** A message of its own, by which the engine says that it keeps no more of a step's output. */
const clipping = /^\s*\[output clipped, log limit (\S+) reached\]\s*$/

function clippedEvent(step: string, limit: string): BuildEvent {
  const variable = limit.endsWith('/s') ? 'BUILDKIT_STEP_LOG_MAX_SPEED' : 'BUILDKIT_STEP_LOG_MAX_SIZE'
  const message = `The engine left out output of “${step}”: it passes on ${limit} a step. Have the step write to a file, or raise ${variable} in the engine’s environment.`
  return { kind: 'warning', rule: '', message, lines: [] }
}

function warningEvent(warning: VertexWarning): BuildEvent {
  const decoder = new TextDecoder()
  const text = decoder.decode(warning.short)
  // "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)": the rule comes first.
  const colon = text.indexOf(': ')
  const named = colon > 0 && !text.slice(0, colon).includes(' ')
  return {
    kind: 'warning',
    rule: named ? text.slice(0, colon) : '',
    message: named ? text.slice(colon + 2) : text,
    lines: warning.ranges.map(range => ({
      start: range.start?.line ?? 1,
      end: range.end?.line ?? range.start?.line ?? 1,
    })),
  }
}
