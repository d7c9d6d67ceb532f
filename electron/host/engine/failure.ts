import { fromBinary } from '@bufbuild/protobuf'
import type { BuildEvent } from '../../../shared/builds/build-events.ts'
import { failureAdvice } from '../../../shared/builds/failure-advice.ts'
import type { Lines, Vertex } from './definition.ts'
import { valueAt } from './endpoint.ts'
import { GrpcError, grpcStatus } from './grpc-framing.ts'
import { StatusSchema } from './protocol/generated/rpc_pb.ts'
import type { VertexFailure } from './status-events.ts'

export type FailedEvent = Extract<BuildEvent, { kind: 'failed' }>

export interface FailureCircumstances {
  /** What ended the build. */
  readonly error: unknown
  /** The vertex that failed, as the status messages have it; null when it was none. */
  readonly vertex: VertexFailure | null
  /** The definition, as far as it is known. */
  readonly vertices: readonly Vertex[]
  /** The end of what the failed vertex printed. */
  readonly output?: string
  /** As the user knows the endpoint. */
  readonly endpoint: string
}

/** Says what went wrong: a sentence for the user, the engine's own words, and the place in the Dockerfile. */
export function explainFailure(circumstances: FailureCircumstances): FailedEvent {
  const { error, vertex, vertices, endpoint, output = '' } = circumstances
  const details = error instanceof GrpcError ? readDetails(error) : {}
  const message = vertex?.error ?? (error instanceof Error ? error.message : String(error))
  const named = vertices.find(candidate => candidate.digest === details.vertex)
  const digest = named?.digest ?? vertex?.vertex ?? details.vertex ?? null
  const planned = named ?? vertices.find(candidate => candidate.digest === digest)
  const lines = planned && planned.lines.length > 0 ? planned.lines : (details.lines ?? linesNamed(message))
  const exitCode = details.exitCode ?? exitCodeNamed(message)
  if (error instanceof GrpcError && error.code === grpcStatus.unavailable && !vertex)
    return { ...lostConnection(endpoint, message), vertex: digest, lines: [...lines], exitCode }
  return {
    kind: 'failed',
    message: sentence(shorten(message), planned?.name ?? vertex?.name ?? '', lines, exitCode, output),
    detail: message,
    vertex: digest,
    lines: [...lines],
    exitCode,
  }
}

/** Nobody tells how the build went on. */
export function lostConnection(endpoint: string, detail: string): FailedEvent {
  const message = `The connection to the engine at ${endpoint} was lost during the build. See whether it still runs, then build again.`
  return { kind: 'failed', message, detail, vertex: null, lines: [], exitCode: null }
}

function sentence(
  reason: string,
  step: string,
  lines: readonly Lines[],
  exitCode: number | null,
  output: string,
): string {
  const place = lines[0] ? ` (line ${lines[0].start})` : ''
  const advice = failureAdvice({ reason, step: withoutCounter(step), exitCode, output })
  if (advice !== null) return `${advice.what}${place}. ${advice.todo}`
  const end = reason.endsWith('.') ? '' : '.'
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${end}`
}

/** Leaves out BuildKit's account of who called whom. */
function shorten(message: string): string {
  let text = message
  const wrappers = [
    'failed to solve with frontend dockerfile.v0: ',
    'failed to solve: ',
    'rpc error: code = Unknown desc = ',
    'failed to create LLB definition: ',
  ]
  for (let found = true; found;) {
    found = false
    for (const wrapper of wrappers)
      if (text.startsWith(wrapper)) {
        text = text.slice(wrapper.length)
        found = true
      }
  }
  return text
}

/** "[build 2/3] RUN make" without its counter. */
function withoutCounter(name: string): string {
  const end = name.startsWith('[') ? name.indexOf('] ') : -1
  return end < 0 ? name : name.slice(end + 2)
}

function exitCodeNamed(message: string): number | null {
  const code = /exit code: (\d+)/.exec(message)?.[1]
  return code === undefined ? null : Number(code)
}

/** 20.10 says "dockerfile parse error line 3: …", newer ones "… on line 3". */
function linesNamed(message: string): readonly Lines[] {
  const line = /dockerfile parse error (?:on )?line (\d+)/.exec(message)?.[1]
  return line === undefined ? [] : [{ start: Number(line), end: Number(line) }]
}

interface FailureDetails {
  readonly lines?: readonly Lines[]
  readonly vertex?: string
  readonly exitCode?: number
}

/** BuildKit packs its typed errors as JSON into the status details; Docker 20.10 sends none. */
function readDetails(error: GrpcError): FailureDetails {
  if (!error.details) return {}
  let found: FailureDetails = {}
  for (const { typeUrl, value } of fromBinary(StatusSchema, error.details).details) {
    const kind = typeUrl.slice(typeUrl.lastIndexOf('/') + 1)
    const detail: unknown = kind.endsWith('+json') ? JSON.parse(new TextDecoder().decode(value)) : null
    if (kind === 'errdefs.Vertex+json') {
      const digest = valueAt(detail, ['digest'])
      if (typeof digest === 'string') found = { ...found, vertex: digest }
    } else if (kind === 'errdefs.Source+json') {
      const ranges = valueAt(detail, ['ranges'])
      const lines = Array.isArray(ranges) ? ranges.flatMap(lineRange) : []
      if (lines.length > 0) found = { ...found, lines }
    } else if (kind.endsWith('ExitMessage+json')) {
      const code = valueAt(detail, ['Code'])
      if (typeof code === 'number') found = { ...found, exitCode: code }
    }
  }
  return found
}

function lineRange(range: unknown): Lines[] {
  const start = valueAt(range, ['start', 'line'])
  if (typeof start !== 'number') return []
  const end = valueAt(range, ['end', 'line'])
  return [{ start, end: typeof end === 'number' ? end : start }]
}
