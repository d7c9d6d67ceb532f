import { BinaryReader } from '@bufbuild/protobuf/wire'
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

const prefixLength = 5
/** Chunks of HTTP/2 are this long at most. */
const chunkLength = 1 << 14

/** Takes messages out of the chunks of one direction of a call. */
export class MessageReader {
  readonly #inPieces: boolean
  #pending: Buffer[] = []
  #length = 0
  /** Length from which on something more can be taken: what comes in many chunks is not copied for each of them. */
  #needed = prefixLength
  /** Bytes of a begun message that were not given yet; null between messages. */
  #rest: number | null = null

  /**
   * `inPieces`: of a long message that is not complete, the fields that are complete are given. To whoever merges the
   * pieces they mean the same, and a message of any length needs no more memory than its largest field.
   */
  constructor(inPieces = false) {
    this.#inPieces = inPieces
  }

  /** What is complete with this chunk. It may share the chunk's memory. */
  read(chunk: Buffer): Buffer[] {
    this.#pending.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return []
    const bytes = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending)
    const messages: Buffer[] = []
    let position = 0
    for (;;) {
      if (this.#rest === null) {
        this.#needed = prefixLength
        if (bytes.length - position < prefixLength) break
        if (bytes[position] !== 0)
          throw new GrpcError(grpcStatus.unimplemented, 'A compressed message came, which was never offered.')
        this.#rest = bytes.readUInt32BE(position + 1)
        position += prefixLength
      }
      const rest: number = this.#rest
      const part = bytes.subarray(position, position + rest)
      const taken = part.length === rest ? rest : this.#inPieces ? wholeFields(part) : 0
      if (taken === 0 && rest > 0) {
        this.#needed = this.#inPieces ? Math.min(rest, 2 * part.length + chunkLength) : rest
        break
      }
      messages.push(part.subarray(0, taken))
      position += taken
      this.#rest = taken === rest ? null : rest - taken
    }
    const left = bytes.subarray(position)
    this.#pending = [left]
    this.#length = left.length
    return messages
  }
}

/** Where the last whole field ends. */
function wholeFields(bytes: Uint8Array): number {
  const reader = new BinaryReader(bytes)
  let end = 0
  try {
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag()
      reader.skip(type, field)
      end = reader.pos
    }
  } catch {
    // The last one is cut. What cannot be read at all is met by whoever decodes the whole.
  }
  return end
}

/** The messages of a call as they come, in the batches in which they arrive. */
export async function* messageBatches(stream: Readable, inPieces = false): AsyncGenerator<Buffer[]> {
  const reader = new MessageReader(inPieces)
  // The reader may stop early and still has to answer: leaving the loop must not reset the stream.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('The stream was given an encoding.')
    const messages = reader.read(chunk)
    if (messages.length > 0) yield messages
  }
}
