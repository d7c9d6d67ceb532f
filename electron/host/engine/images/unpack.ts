import { Decompress } from 'fzstd'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ByteSource } from './byte-source.ts'
import { TarError } from './tar-reader.ts'

/** So much of packed zstd at once: its blocks can unpack to thousands of times their size, and all in one turn. */
const zstdPiece = 4 << 10

/** A layer as it is stored: packed by gzip or zstd, or not; null for what is none. */
export async function unpacked(stored: ByteSource, length: number, limit = Infinity): Promise<ByteSource | null> {
  const start = await stored.peek(Math.min(length, 512))
  if (start.length < 4) return null
  const pieces = stored.pieces(length)
  if (start.readUInt16BE(0) === 0x1f8b) return new ByteSource(bounded(gunzip(pieces), limit))
  if (start.readUInt16BE(0) === 0x28b5) return new ByteSource(bounded(unzstd(pieces), limit))
  // A layer without entries is nothing but zeros.
  if (start[0] === 0 || start.toString('latin1', 257, 262) === 'ustar') return new ByteSource(pieces)
  return null
}

async function* bounded(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limit) throw new TarError(`it unpacks to more than ${(limit / 1e9).toFixed(0)} GB`)
    yield chunk
  }
}

async function* gunzip(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // Its failure comes out of the loop.
  const stream = pipeline(Readable.from(pieces), createGunzip({ chunkSize: 1 << 17 }), () => undefined)
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) yield chunk
}

async function* unzstd(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let out: Buffer[] = []
  const decompress = new Decompress(data => out.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength)))
  for await (const chunk of pieces)
    for (let from = 0; from < chunk.length; from += zstdPiece) {
      // It keeps what it is given.
      decompress.push(Uint8Array.prototype.slice.call(chunk, from, from + zstdPiece))
      yield* out
      out = []
    }
  decompress.push(new Uint8Array(), true)
  yield* out
}
