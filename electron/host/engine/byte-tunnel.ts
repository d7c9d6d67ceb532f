import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2'
import { Duplex } from 'node:stream'
import { frameMessage, GrpcError, grpcStatus, MessageReader } from './grpc-framing.ts'
import { BytesMessageSchema } from './protocol/generated/control_pb.ts'

/** The bytes of a connection, carried by the messages of a gRPC call; destroying it cancels the call. */
export class ByteTunnel extends Duplex {
  readonly #call: ClientHttp2Stream

  constructor(call: ClientHttp2Stream) {
    super()
    this.#call = call
    const reader = new MessageReader()
    call.on('data', (chunk: Buffer) => {
      for (const message of reader.read(chunk))
        if (!this.push(fromBinary(BytesMessageSchema, message).data)) call.pause()
    })
    const end = (headers: IncomingHttpHeaders) => {
      const status = Number(headers['grpc-status'] ?? grpcStatus.ok)
      if (status !== grpcStatus.ok) this.destroy(new GrpcError(status, String(headers['grpc-message'])))
    }
    call.on('response', end).on('trailers', end)
    call.on('end', () => this.push(null))
    call.on('error', (error: Error) => this.destroy(error))
    call.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#call.resume()
  }

  override _write(data: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#call.write(frameMessage(toBinary(BytesMessageSchema, create(BytesMessageSchema, { data }))), done)
  }

  override _final(done: () => void): void {
    this.#call.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#call.close()
    done(error)
  }
}
