import { createReadStream } from 'node:fs'
import type { SentEntry } from './context-walk.ts'
import { kindOfGoMode, permissionsOfGoMode } from './go-file-mode.ts'

const block = 512

/** A tar archive of these entries, piece by piece. Owners are root, as the docker command sends them; devices are left out. */
export async function* writeTar(entries: Iterable<SentEntry>): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    const type = typeOf(entry)
    if (type === null) continue
    const path = Buffer.from(type === '5' ? `${entry.path}/` : entry.path)
    const link = Buffer.from(entry.link)
    // GNU's way with names that have no room in a header.
    if (path.length > 100) yield longName('L', path)
    if (link.length > 100) yield longName('K', link)
    yield header(path, type, permissionsOfGoMode(entry.mode), entry.size, entry.modified, link)
    yield* content(entry)
  }
  yield Buffer.alloc(2 * block)
}

function typeOf({ mode, link }: SentEntry): string | null {
  switch (kindOfGoMode(mode)) {
    case 'directory':
      return '5'
    case 'symlink':
      return '2'
    case 'file':
      return link === '' ? '0' : '1'
    default:
      return null
  }
}

/** Exactly as many bytes as the header says, also where the file has changed since. */
async function* content({ content, size }: SentEntry): AsyncGenerator<Uint8Array> {
  const length = Number(size)
  if (content === null || length === 0) return
  let sent = 0
  const pieces = typeof content === 'string' ? createReadStream(content, { end: length - 1 }) : [content]
  for await (const piece of pieces as AsyncIterable<Uint8Array>) {
    sent += piece.length
    yield piece
  }
  const missing = length - sent + ((block - (length % block)) % block)
  if (missing > 0) yield Buffer.alloc(missing)
}

function longName(type: 'L' | 'K', name: Uint8Array): Uint8Array {
  const padded = Buffer.alloc(Math.ceil((name.length + 1) / block) * block)
  padded.set(name)
  return Buffer.concat([
    header(Buffer.from('././@LongLink'), type, 0, BigInt(name.length + 1), 0n, Buffer.alloc(0)),
    padded,
  ])
}

function header(
  path: Uint8Array,
  type: string,
  mode: number,
  size: bigint,
  modified: bigint,
  link: Uint8Array,
): Uint8Array {
  const bytes = Buffer.alloc(block)
  const octal = (value: bigint | number, offset: number, length: number) =>
    bytes.write(value.toString(8).padStart(length - 1, '0'), offset, length - 1)
  bytes.set(path.subarray(0, 100))
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  // Eleven octal digits hold 8 GiB; beyond, the number itself with its first bit set.
  if (size < 1n << 33n) octal(size, 124, 12)
  else {
    bytes.writeBigUInt64BE(size, 128)
    bytes[124] = 0x80
  }
  octal(modified > 0n ? modified / 1_000_000_000n : 0n, 136, 12)
  bytes.fill(' ', 148, 156)
  bytes.write(type, 156)
  bytes.set(link.subarray(0, 100), 157)
  bytes.write('ustar  ', 257, 'latin1')
  octal(
    bytes.reduce((total, byte) => total + byte, 0),
    148,
    7,
  )
  bytes[154] = 0
  return bytes
}
