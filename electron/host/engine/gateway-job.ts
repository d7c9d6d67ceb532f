import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import { randomBytes } from 'node:crypto'
import type { Endpoint } from './endpoint.ts'
import { GrpcConnection } from './grpc-client.ts'
import { hijack } from './hijack.ts'
import { dial } from './dial.ts'
import { Control, type SolveResponse } from './protocol/generated/control_pb.ts'
import { LLBBridge, type Result } from './protocol/generated/gateway_pb.ts'
import type { Definition } from './protocol/generated/ops_pb.ts'

export interface JobOptions {
  readonly session: string
  /** What the user allows the build beyond the usual. */
  readonly entitlements?: readonly string[]
  readonly exporter: { readonly type: string; readonly attributes: Readonly<Record<string, string>> } | null
}

/**
 * A build on the engine in which we play the frontend: it lasts until we return a result or break it off, and until then
 * everything solved in it is held and can be looked at. It has a connection to itself, because one that met trailers too
 * large is lost.
 */
export class GatewayJob {
  readonly reference = randomBytes(12).toString('hex')
  readonly #connection: GrpcConnection
  readonly #abort = new AbortController()
  readonly #solve: Promise<SolveResponse>

  static async open(endpoint: Endpoint, options: JobOptions, signal: AbortSignal): Promise<GatewayJob> {
    return new GatewayJob(await openControl(endpoint, signal), options)
  }

  private constructor(connection: GrpcConnection, options: JobOptions) {
    this.#connection = connection
    const { exporter } = options
    this.#solve = connection.unary(
      Control.method.solve,
      {
        ref: this.reference,
        session: options.session,
        cache: {},
        entitlements: [...(options.entitlements ?? [])],
        ...(exporter && {
          exporterDeprecated: exporter.type,
          exporterAttributesDeprecated: { ...exporter.attributes },
          exporters: [{ type: exporter.type, attributes: { ...exporter.attributes } }],
        }),
      },
      { signal: this.#abort.signal },
    )
    this.#solve.catch(() => undefined)
  }

  /** Resolves with a reason when the connection is gone. */
  get closed(): Promise<string> {
    return this.#connection.closed
  }

  /** Operations that the engine knows, with whether it can carry them out. */
  async capabilities(signal: AbortSignal): Promise<ReadonlyMap<string, boolean>> {
    const { definitionCapabilities } = await this.#call(LLBBridge.method.ping, {}, signal)
    return new Map(definitionCapabilities.map(({ id, enabled }) => [id, enabled]))
  }

  /** Has the engine read a Dockerfile. No step runs yet. */
  async solveFrontend(options: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Result> {
    const request = { frontend: 'dockerfile.v0', frontendOptions: { ...options } }
    return this.#solved(request, signal)
  }

  /** Takes a definition as it is. No step runs yet. */
  async solveDefinition(definition: Definition, signal: AbortSignal): Promise<Result> {
    return this.#solved({ definition }, signal)
  }

  /** Runs what leads to a reference. */
  async run(reference: string, signal: AbortSignal): Promise<void> {
    // Asking for a file has it built on every engine; the call that is meant for it came years later.
    await this.#call(LLBBridge.method.statFile, { reference, path: '.' }, signal)
  }

  async stat(reference: string, path: string, signal: AbortSignal) {
    return (await this.#call(LLBBridge.method.statFile, { reference, path }, signal)).stat
  }

  async readFile(
    reference: string,
    path: string,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const range = { offset: BigInt(offset), length: BigInt(length) }
    return (await this.#call(LLBBridge.method.readFile, { reference, path, range }, signal)).content
  }

  /** Ends the job with a result, which is exported; resolves with what the exporter says of it. */
  async finish(result: Result, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const cancel = () => this.#abort.abort()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      await this.#call(LLBBridge.method.return, { result }, signal)
      return (await this.#solve).exporterResponse
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  /** Breaks the job off; whatever it runs is killed. The connection stays until `close`. */
  cancel(): void {
    this.#abort.abort()
  }

  close(): void {
    this.#abort.abort()
    this.#connection.close()
  }

  async #solved(
    request: MessageInitShape<(typeof LLBBridge.method.solve)['input']>,
    signal: AbortSignal,
  ): Promise<Result> {
    const asked = { ...request, allowResultReturn: true, allowResultArrayReference: true }
    const { result } = await this.#call(LLBBridge.method.solve, asked, signal)
    if (!result) throw new Error('The engine answered a solve without a result.')
    return result
  }

  #call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    signal: AbortSignal,
  ): Promise<MessageShape<O>> {
    return this.#connection.unary(method, request, {
      signal,
      metadata: { 'buildkit-controlapi-buildid': this.reference },
    })
  }
}

/** A connection for calls of the control service. */
export async function openControl(
  endpoint: Endpoint,
  signal: AbortSignal,
  windowSize?: number,
): Promise<GrpcConnection> {
  const socket = await (endpoint.isBuildKit ? dial(endpoint, signal) : hijack(endpoint, '/grpc', {}, signal))
  return new GrpcConnection(socket, windowSize)
}

/** The reference of a result; '' for an empty file system, which has none. */
export function referenceOf(result: Result): string {
  return referencesOf(result)[0] ?? ''
}

/** The same for every platform that was asked for. */
export function referencesOf(result: Result): readonly string[] {
  switch (result.result.case) {
    case 'reference':
      return [result.result.value.id]
    case 'referenceDeprecated':
      return [result.result.value]
    case 'references':
      return Object.values(result.result.value.references).map(({ id }) => id)
    case undefined:
      return []
  }
}

/** That of one platform, or of any, where there are several. */
export function definitionOf(result: Result, platform = ''): Definition | null {
  if (result.result.case === 'reference') return result.result.value.definition ?? null
  if (result.result.case !== 'references') return null
  const { references } = result.result.value
  return (references[platform] ?? Object.values(references)[0])?.definition ?? null
}

/** Those of all platforms. */
export function definitionsOf(result: Result): readonly Definition[] {
  if (result.result.case !== 'references') return [definitionOf(result) ?? []].flat()
  return Object.values(result.result.value.references).flatMap(({ definition }) => definition ?? [])
}
