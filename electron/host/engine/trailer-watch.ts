import { Duplex } from 'node:stream'

const headersFrame = 0x1
const continuationFrame = 0x9
const frameHeaderLength = 9
const endOfHeaders = 0x4
/** nghttp2 takes no header value above 64 KiB; a block that stays below cannot hold one. */
const largestReadableBlock = 1 << 16

/**
 * A connection that looks at the HTTP/2 frames coming in and tells of header blocks that Node cannot read.
 *
 * A failed build's trailer holds the whole Dockerfile. Above some 43 kB Node 20 never reports the end of such a call and
 * newer ones break the connection without a word about why; the frame lengths, which are in the clear, tell it at once.
 */
export class TrailerWatch extends Duplex {
  /** Called with the number of the stream whose header block is too large. */
  onOversize: (stream: number) => void = () => undefined
  readonly #socket: Duplex
  /** Bytes of the current frame's payload that are still to come. */
  #payload = 0
  #header = Buffer.alloc(0)
  #blockLength = 0
  /** Frames of the current header block are still to come. */
  #isInBlock = false

  constructor(socket: Duplex) {
    super()
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#inspect(chunk)
      // Node stops reading amid a block that it cannot read; the length of the rest has to be seen all the same.
      if (!this.push(chunk) && !this.#isInBlock) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('error', error => this.destroy(error))
    socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }

  #inspect(chunk: Buffer): void {
    let position = 0
    while (position < chunk.length) {
      if (this.#payload > 0) {
        const taken = Math.min(this.#payload, chunk.length - position)
        this.#payload -= taken
        position += taken
        continue
      }
      const taken = Math.min(frameHeaderLength - this.#header.length, chunk.length - position)
      this.#header = Buffer.concat([this.#header, chunk.subarray(position, position + taken)])
      position += taken
      if (this.#header.length < frameHeaderLength) return
      this.#beginFrame(this.#header)
      this.#header = Buffer.alloc(0)
    }
  }

  #beginFrame(header: Buffer): void {
    this.#payload = header.readUIntBE(0, 3)
    const [type, flags = 0] = header.subarray(3, 5)
    if (type !== headersFrame && type !== continuationFrame) return
    const stream = header.readUInt32BE(5) & 0x7fffffff
    this.#isInBlock = (flags & endOfHeaders) === 0
    this.#blockLength = (type === headersFrame ? 0 : this.#blockLength) + this.#payload
    if (this.#blockLength <= largestReadableBlock) return
    this.#blockLength = 0
    // Once the frames have gone through: nghttp2 has then seen what it cannot read.
    setImmediate(() => this.onOversize(stream))
  }
}
