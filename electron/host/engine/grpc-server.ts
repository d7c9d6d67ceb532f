import {
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Duplex } from 'node:stream'
import { frameMessage, GrpcError, grpcStatus, messageBatches } from './grpc-framing.ts'

/** One call of the daemon. Messages are encoded protobuf, as they are on the wire. */
export interface IncomingCall {
  /** Every value of a header, in order: the daemon sends lists as repeated headers. */
  metadata(name: string): readonly string[]
  /** What the daemon sends, in the batches in which it arrives. */
  readonly messages: AsyncIterable<readonly Uint8Array[]>
  /** Resolves when there is room for more. */
  send(messages: readonly Uint8Array[]): Promise<void>
}

/** Resolving ends the call well; a GrpcError ends it with its status. */
export type CallHandler = (call: IncomingCall) => Promise<void>

/** Serves gRPC calls on one connection until it closes. `handlers` are keyed by "/package.Service/Method". */
export function serveGrpc(socket: Duplex, handlers: ReadonlyMap<string, CallHandler>): ServerHttp2Session {
  // Not http2.createServer(): it answers HTTP/1 403 on TLS connections whose ALPN is not h2.
  const session = performServerHandshake(socket, { settings: { initialWindowSize: 1 << 20 } })
  session.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: readonly string[]) => {
      const handler = handlers.get(String(headers[':path']))
      void answer(stream, handler, rawHeaders)
    },
  )
  session.on('error', () => session.destroy())
  return session
}

async function answer(stream: ServerHttp2Stream, handler: CallHandler | undefined, rawHeaders: readonly string[]) {
  let status: number = grpcStatus.ok
  let message = ''
  stream.on('error', () => stream.destroy())
  stream.on('wantTrailers', () =>
    stream.sendTrailers({
      'grpc-status': String(status),
      ...(message && { 'grpc-message': encodeURIComponent(message) }),
    }),
  )
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  try {
    if (!handler) throw new GrpcError(grpcStatus.unimplemented, 'Slipway does not serve this.')
    await handler(incomingCall(stream, rawHeaders))
  } catch (error) {
    status = error instanceof GrpcError ? error.code : grpcStatus.internal
    message = error instanceof Error ? error.message : String(error)
  }
  if (!stream.destroyed) stream.end()
}

function incomingCall(stream: ServerHttp2Stream, rawHeaders: readonly string[]): IncomingCall {
  // One waiter for all who write: a listener per write piles up faster than the drain comes.
  let room: Promise<void> | null = null
  const waitForRoom = () =>
    (room ??= new Promise(resolve => {
      const done = () => {
        stream.off('drain', done).off('close', done)
        room = null
        resolve()
      }
      stream.on('drain', done).on('close', done)
    }))
  return {
    metadata: name => {
      const values: string[] = []
      for (let index = 0; index + 1 < rawHeaders.length; index += 2)
        if (rawHeaders[index] === name) values.push(rawHeaders[index + 1] ?? '')
      return values
    },
    messages: messageBatches(stream),
    send: async messages => {
      if (stream.destroyed) throw new GrpcError(grpcStatus.cancelled, 'The engine ended the call.')
      const frames = messages.map(frameMessage)
      const bytes = frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames)
      if (!stream.write(bytes)) await waitForRoom()
    },
  }
}
