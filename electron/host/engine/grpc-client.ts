import {
  create,
  type DescMessage,
  type DescMethodBiDiStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { Duplex } from 'node:stream'
import { ByteTunnel } from './byte-tunnel.ts'
import { frameMessage, GrpcError, grpcStatus, messageBatches } from './grpc-framing.ts'
import type { BytesMessageSchema } from './protocol/generated/control_pb.ts'
import { TrailerWatch } from './trailer-watch.ts'

/** In bytes. */
export const usualWindow = 1 << 20

interface NamedMethod {
  readonly name: string
  readonly parent: { readonly typeName: string }
}

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly metadata?: Readonly<Record<string, string>>
  /** Answers of a stream may come cut between their fields (see `MessageReader`). */
  readonly inPieces?: boolean
  /** Called when the engine begins to answer. */
  readonly onResponse?: () => void
}

/** gRPC calls over one connection that is already open. Nothing is retried and nothing is opened again. */
export class GrpcConnection {
  /** Resolves with a reason when the connection is gone, whoever closed it. */
  readonly closed: Promise<string>
  readonly #session: ClientHttp2Session
  readonly #trailers: TrailerWatch

  constructor(socket: Duplex, windowSize = usualWindow) {
    this.#trailers = new TrailerWatch(socket)
    this.#session = connect('http://docker', {
      createConnection: () => this.#trailers,
      settings: { enablePush: false, initialWindowSize: windowSize },
    })
    this.#session.setMaxListeners(0)
    let reason = 'The engine closed the connection.'
    this.#session.on('error', (error: Error) => {
      reason = error.message
    })
    this.closed = new Promise(resolve => this.#session.once('close', () => resolve(reason)))
    this.#trailers.onOversize = id => {
      this.#overflowed.get(id)?.()
    }
  }

  readonly #overflowed = new Map<number, () => void>()

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    for await (const bytes of this.#call(method, toBinary(method.input, create(method.input, request)), options))
      return fromBinary(method.output, bytes)
    throw new GrpcError(grpcStatus.internal, `${method.name} ended without an answer.`)
  }

  /** Leaving the loop cancels the call. */
  async *stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions = {},
  ): AsyncGenerator<MessageShape<O>, void> {
    for await (const bytes of this.#call(method, toBinary(method.input, create(method.input, request)), options))
      yield fromBinary(method.output, bytes)
  }

  /** A call in which the bytes of another connection go both ways, wrapped as BuildKit wraps them. */
  tunnel(method: DescMethodBiDiStreaming<typeof BytesMessageSchema>, metadata: OutgoingHttpHeaders): Duplex {
    return new ByteTunnel(this.#begin(method, metadata))
  }

  /** How many bytes of each call, also of those under way, the engine may send before they are read. */
  setWindow(bytes: number): void {
    if (!this.#session.destroyed) this.#session.settings({ initialWindowSize: bytes })
  }

  /** Closes at once; calls under way fail. */
  close(): void {
    this.#session.destroy()
    this.#trailers.destroy()
  }

  #begin(method: NamedMethod, metadata: OutgoingHttpHeaders): ClientHttp2Stream {
    return this.#session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: `/${method.parent.typeName}/${method.name}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    })
  }

  async *#call(method: NamedMethod, message: Uint8Array, options: CallOptions): AsyncGenerator<Uint8Array> {
    options.signal?.throwIfAborted()
    if (this.#session.destroyed) throw connectionLost(await this.closed)
    const stream = this.#begin(method, options.metadata ?? {})
    const outcome = this.#outcome(stream)
    if (options.onResponse) stream.once('response', options.onResponse)
    const cancel = () => stream.close(constants.NGHTTP2_CANCEL)
    options.signal?.addEventListener('abort', cancel, { once: true })
    stream.end(frameMessage(message))
    try {
      try {
        for await (const messages of messageBatches(stream, options.inPieces)) yield* messages
      } catch (error) {
        if (error instanceof GrpcError) throw error
        // The stream's own error says less than the trailers do; `outcome` decides.
      }
      options.signal?.throwIfAborted()
      const failure = await outcome
      if (failure) throw failure
    } finally {
      options.signal?.removeEventListener('abort', cancel)
      if (!stream.closed) cancel()
    }
  }

  /** How the call ended: null when well. */
  #outcome(stream: ClientHttp2Stream): Promise<GrpcError | null> {
    return new Promise(resolve => {
      let status: IncomingHttpHeaders = {}
      const read = (headers: IncomingHttpHeaders) => {
        if (headers['grpc-status'] !== undefined) status = headers
      }
      let oversize = false
      const watch = () => {
        const { id } = stream
        if (id === undefined) return
        this.#overflowed.set(id, () => {
          oversize = true
          stream.destroy()
        })
        stream.once('close', () => this.#overflowed.delete(id))
      }
      // Without a number while the connection is being set up.
      if (stream.pending) stream.once('ready', watch)
      else watch()
      stream.on('response', read)
      stream.on('trailers', read)
      let broken: string | null = null
      stream.on('error', (error: Error) => {
        broken = error.message
      })
      stream.once('close', () => {
        if (oversize) {
          resolve(new OversizeTrailers())
          return
        }
        const code = status['grpc-status']
        if (code === undefined) resolve(connectionLost(broken ?? 'The engine closed the connection.'))
        else if (code === '0') resolve(null)
        else resolve(errorOf(Number(code), status))
      })
    })
  }
}

/**
 * The call failed, and what the engine says of it does not fit through Node's HTTP/2 (64 KiB a header). The connection
 * cannot be used any further.
 */
export class OversizeTrailers extends GrpcError {
  constructor() {
    super(grpcStatus.unknown, 'The call failed with more details than HTTP/2 trailers can hold.')
  }
}

function connectionLost(reason: string): GrpcError {
  return new GrpcError(grpcStatus.unavailable, reason)
}

function errorOf(code: number, headers: IncomingHttpHeaders): GrpcError {
  const message = headers['grpc-message']
  const details = headers['grpc-status-details-bin']
  return new GrpcError(
    code,
    typeof message === 'string' ? decodePercent(message) : `gRPC status ${code}`,
    typeof details === 'string' ? Buffer.from(details, 'base64') : null,
  )
}

/** gRPC writes everything but printable ASCII in a message as %XX, byte by byte. */
function decodePercent(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  const decoded: number[] = []
  for (let index = 0; index < bytes.length; index++) {
    const value =
      bytes[index] === 0x25 ? Number.parseInt(bytes.toString('latin1', index + 1, index + 3), 16) : Number.NaN
    if (Number.isNaN(value)) decoded.push(bytes[index] ?? 0)
    else {
      decoded.push(value)
      index += 2
    }
  }
  return Buffer.from(decoded).toString('utf8')
}
