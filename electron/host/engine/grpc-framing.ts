import type { Readable } from 'node:stream'

/** gRPC's status codes that are spoken of here. */
export const grpcStatus = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  notFound: 5,
  permissionDenied: 7,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const

/** A call that ended with another status than OK, or without any. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError'
  readonly code: number
  /** An encoded google.rpc.Status; null where the engine sends none (Docker 20.10). */
  readonly details: Uint8Array | null
  constructor(code: number, message: string, details: Uint8Array | null = null) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** One message with gRPC's prefix: not compressed, four bytes of length. */
export function frameMessage(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(5 + message.length)
  frame[0] = 0
  frame.writeUInt32BE(message.length, 1)
  frame.set(message, 5)
  return frame
}

/** Takes whole messages out of the chunks of one direction of a call. */
export class MessageReader {
  #pending: Buffer = Buffer.alloc(0)

  /** Messages that are complete with this chunk. They share its memory. */
  read(chunk: Buffer): Buffer[] {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const messages: Buffer[] = []
    let position = 0
    while (bytes.length - position >= 5) {
      const end = position + 5 + bytes.readUInt32BE(position + 1)
      if (bytes[position] !== 0)
        throw new GrpcError(grpcStatus.unimplemented, 'A compressed message came, which was never offered.')
      if (end > bytes.length) break
      messages.push(bytes.subarray(position + 5, end))
      position = end
    }
    this.#pending = bytes.subarray(position)
    return messages
  }
}

/** The messages of a call as they come, in the batches in which they arrive. */
export async function* messageBatches(stream: Readable): AsyncGenerator<Buffer[]> {
  const reader = new MessageReader()
  // The reader may stop early and still has to answer: leaving the loop must not reset the stream.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('The stream was given an encoding.')
    const messages = reader.read(chunk)
    if (messages.length > 0) yield messages
  }
}
