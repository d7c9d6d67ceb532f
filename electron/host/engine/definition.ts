import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { createHash } from 'node:crypto'
import type { VertexDigest } from '../../../shared/builds/build-events.ts'
import { type Definition, DefinitionSchema, type Op, OpSchema } from './protocol/generated/ops_pb.ts'

/** Lines of the Dockerfile, 1-based, both included. */
export interface Lines {
  readonly start: number
  readonly end: number
}

/** One operation of a definition, as the engine will report on it. */
export interface Vertex {
  readonly digest: VertexDigest
  readonly name: string
  readonly lines: readonly Lines[]
  readonly inputs: readonly VertexDigest[]
  /** "docker-image://docker.io/library/busybox:latest", "local://context"; null for what is not a source. */
  readonly source: string | null
}

/** The digest by which the engine knows an operation. */
export function digestOf(operation: Uint8Array): VertexDigest {
  return `sha256:${createHash('sha256').update(operation).digest('hex')}`
}

export function decodeOperation(operation: Uint8Array): Op {
  return fromBinary(OpSchema, operation)
}

/** The vertices of a definition, inputs before those that need them. The last operation only names the result. */
export function verticesOf(definition: Definition): readonly Vertex[] {
  return definition.operations.flatMap(bytes => {
    const op = decodeOperation(bytes)
    if (op.operation.case === undefined && isResultMarker(definition, bytes)) return []
    const digest = digestOf(bytes)
    return [
      {
        digest,
        name: definition.metadata[digest]?.description['llb.customname'] ?? '',
        lines: linesOf(definition, digest),
        inputs: [...new Set(op.inputs.map(input => input.digest))],
        source: op.operation.case === 'source' ? op.operation.value.identifier : null,
      },
    ]
  })
}

function isResultMarker(definition: Definition, bytes: Uint8Array): boolean {
  return definition.operations.at(-1) === bytes
}

function linesOf(definition: Definition, digest: VertexDigest): Lines[] {
  const lines: Lines[] = []
  for (const location of definition.source?.locations[digest]?.locations ?? []) {
    const [first] = location.ranges
    if (!first?.start) continue
    let { line: start } = first.start
    let end = start
    for (const range of location.ranges) {
      start = Math.min(start, range.start?.line ?? start)
      end = Math.max(end, range.end?.line ?? end)
    }
    lines.push({ start, end })
  }
  return lines
}

/** The part of a definition that leads to one vertex, with that vertex as its result. Every digest stays the same. */
export function cutDefinition(definition: Definition, result: VertexDigest): Definition {
  const operations = new Map<VertexDigest, { readonly bytes: Uint8Array; readonly op: Op }>()
  let outputIndex = 0n
  for (const bytes of definition.operations) {
    const op = decodeOperation(bytes)
    operations.set(digestOf(bytes), { bytes, op })
    for (const input of op.inputs) if (input.digest === result) outputIndex = input.index
  }
  const needed = new Set<VertexDigest>()
  const pending = [result]
  for (let digest = pending.pop(); digest !== undefined; digest = pending.pop()) {
    if (needed.has(digest)) continue
    needed.add(digest)
    pending.push(...(operations.get(digest)?.op.inputs ?? []).map(input => input.digest))
  }
  const kept = [...operations].filter(([digest]) => needed.has(digest)).map(([, { bytes }]) => bytes)
  const marker = toBinary(OpSchema, create(OpSchema, { inputs: [{ digest: result, index: outputIndex }] }))
  return create(DefinitionSchema, {
    operations: [...kept, marker],
    metadata: {
      ...only(definition.metadata, needed),
      [digestOf(marker)]: { capabilities: { constraints: true, platform: true } },
    },
    ...(definition.source && {
      source: { infos: definition.source.infos, locations: only(definition.source.locations, needed) },
    }),
  })
}

function only<T>(record: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)))
}
