import { fromBinary } from '@bufbuild/protobuf'
import type { BuildEvent } from '../../../shared/builds/build-events.ts'
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
  /** As the user knows the endpoint. */
  readonly endpoint: string
}

/** Says what went wrong: a sentence for the user, the engine's own words, and the place in the Dockerfile. */
export function explainFailure(circumstances: FailureCircumstances): FailedEvent {
  const { error, vertex, vertices, endpoint } = circumstances
  const details = error instanceof GrpcError ? readDetails(error) : {}
  const message = vertex?.error ?? (error instanceof Error ? error.message : String(error))
  const named = vertices.find(candidate => candidate.digest === details.vertex)
  const digest = named?.digest ?? vertex?.vertex ?? details.vertex ?? null
  const planned = named ?? vertices.find(candidate => candidate.digest === digest)
  const lines = planned && planned.lines.length > 0 ? planned.lines : (details.lines ?? linesNamed(message))
  const exitCode = details.exitCode ?? exitCodeNamed(message)
  const lost = error instanceof GrpcError && error.code === grpcStatus.unavailable && !vertex
  return {
    kind: 'failed',
    message: lost
      ? `The connection to the engine at ${endpoint} was lost during the build. See whether it still runs, then build again.`
      : sentence(shorten(message), planned?.name ?? vertex?.name ?? '', lines, exitCode),
    detail: message,
    vertex: digest,
    lines: [...lines],
    exitCode,
  }
}

function sentence(reason: string, step: string, lines: readonly Lines[], exitCode: number | null): string {
  const place = lines[0] ? ` (line ${lines[0].start})` : ''
  if (exitCode !== null) {
    const command = step === '' ? 'A step' : `“${clip(withoutCounter(step))}”`
    const hint =
      exitCode === 127
        ? ' The shell did not find the command.'
        : exitCode === 137
          ? ' It was killed, often for lack of memory.'
          : ''
    return `${command}${place} ended with exit code ${exitCode}.${hint}`
  }
  const missing = missingSource(reason)
  if (missing !== null)
    return withoutCounter(step).includes('--from=')
      ? `“${missing}” was not found in what it is copied from${place}. Check its path, and that an earlier step there makes it.`
      : `“${withoutLeadingSlash(missing)}” was not found in the build context${place}. Check its path, and that .dockerignore does not leave it out.`
  if (/pull access denied|manifest unknown|repository does not exist|: not found$/.test(reason))
    return `The base image could not be pulled${place}: ${reason}. Check its name and tag, and log in if it is private.`
  if (/dial tcp|no such host|i\/o timeout|connection refused|failed to do request/.test(reason))
    return `A registry or server could not be reached${place}: ${reason}.`
  if (/no space left on device/.test(reason))
    return `The engine's disk is full${place}. “docker system prune” frees what is no longer used.`
  const end = reason.endsWith('.') ? '' : '.'
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${end}`
}

/**
 * The path that COPY, ADD or a mount asked for in vain. The vertex says `"/a" not found: not found` (Docker 20.10) or
 * `"/a": not found`, the solve puts "failed to compute cache key" or "failed to calculate checksum" before it; paths of
 * snapshots come from lstat. An image that is not found has no such path.
 */
function missingSource(reason: string): string | null {
  const found = /"(\/[^"]*)"(?::| not found:) not found$/.exec(reason)
  if (found) return found[1] ?? null
  if (!/failed to compute cache key|failed to calculate checksum|failed to walk|lstat/.test(reason)) return null
  const walked = /(?:lstat|walk) (?:\S*\/)?([^/\s:]+): no such file or directory$/.exec(reason)
  return walked?.[1] ?? null
}

function withoutLeadingSlash(path: string): string {
  return path.startsWith('/') && path !== '/' ? path.slice(1) : path
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

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
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
