import { cleanPath } from '../../../../shared/files/ignore-pattern.ts'
import type { FileKind } from '../../../../shared/files/file-listing.ts'
import type { ByteSource } from './byte-source.ts'

const block = 512
/** A longer name or set of attributes is no honest one. */
const longestExtension = 1 << 20

/** An archive that is cut off or no tar at all. */
export class TarError extends Error {
  override readonly name = 'TarError'
}

export interface TarEntry {
  /** Without leading or trailing slash, `.` and `..` resolved; '' is the root. */
  readonly path: string
  readonly kind: FileKind
  /** Bytes that the file has. */
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly link: string
  /** Milliseconds since the epoch. */
  readonly modified: number
}

const kinds: Readonly<Record<string, FileKind>> = {
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
}

/**
 * The entries of a tar archive in ustar, GNU's or POSIX' pax form. `visit` may take up to `stored` bytes of the content
 * from the source; the rest is passed over. It says whether to go on.
 */
export async function readTar(
  source: ByteSource,
  visit: (entry: TarEntry, stored: number) => Promise<boolean> | boolean,
): Promise<void> {
  let longName: string | null = null
  let longLink: string | null = null
  let attributes: ReadonlyMap<string, string> = new Map()
  for (;;) {
    const header = await source.take(block)
    // Two blocks of zeros are the end; some archives leave them out.
    if (header.length === 0 || header[0] === 0) return
    if (header.length < block) throw new TarError('the archive is cut off')
    if (!hasChecksum(header)) throw new TarError('it is no tar archive')
    const type = String.fromCharCode(header[156] ?? 0)
    const stored = Number(attributes.get('size') ?? number(header, 124, 12))
    const padding = (block - (stored % block)) % block
    if (type === 'L' || type === 'K' || type === 'x' || type === 'g') {
      if (stored > longestExtension) throw new TarError('an entry has a name of more than a megabyte')
      const content = await source.take(stored)
      await source.skip(padding)
      if (type === 'L') longName = text(content)
      else if (type === 'K') longLink = text(content)
      else if (type === 'x') attributes = paxAttributes(content)
      continue
    }
    let size = Number(attributes.get('GNU.sparse.realsize') ?? stored)
    if (type === 'S') {
      size = number(header, 483, 12)
      for (let more = header[482] === 1; more;) more = (await source.take(block))[504] === 1
    }
    const prefix = text(header.subarray(345, 500))
    const isUstar = header.toString('latin1', 257, 263) === 'ustar\0'
    const ownName = text(header.subarray(0, 100))
    const name =
      attributes.get('GNU.sparse.name') ??
      attributes.get('path') ??
      longName ??
      (isUstar && prefix !== '' ? `${prefix}/${ownName}` : ownName)
    const kind = name.endsWith('/') && type !== '5' && stored === 0 ? 'directory' : (kinds[type] ?? 'file')
    const entry = {
      path: cleanPath(name).join('/'),
      kind,
      size: kind === 'file' ? size : 0,
      mode: number(header, 100, 8) & 0o7777,
      uid: Number(attributes.get('uid') ?? number(header, 108, 8)),
      gid: Number(attributes.get('gid') ?? number(header, 116, 8)),
      link: attributes.get('linkpath') ?? longLink ?? text(header.subarray(157, 257)),
      modified: Number(attributes.get('mtime') ?? number(header, 136, 12)) * 1_000,
    }
    longName = null
    longLink = null
    attributes = new Map()
    const end = source.position + stored + padding
    if (!(await visit(entry, stored))) return
    await source.skip(end - source.position)
    if (source.position < end) throw new TarError('the archive is cut off')
  }
}

/** The sum of a header's bytes, its own field counted as spaces. */
function hasChecksum(header: Buffer): boolean {
  let sum = 8 * 32
  for (let index = 0; index < block; index++) if (index < 148 || index >= 156) sum += header[index] ?? 0
  return sum === number(header, 148, 8)
}

/** Octal digits, or GNU's big-endian bytes with the first bit set for what has no room in them. */
function number(header: Buffer, offset: number, length: number): number {
  const first = header[offset] ?? 0
  if (first < 0x80) return Number.parseInt(header.toString('latin1', offset, offset + length).trim(), 8) || 0
  let value = first & 0x7f
  for (let index = offset + 1; index < offset + length; index++) value = value * 256 + (header[index] ?? 0)
  return value
}

const decoder = new TextDecoder()

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** Lines of "length key=value\n". */
function paxAttributes(content: Buffer): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (let position = 0; position < content.length;) {
    const length = Number.parseInt(content.toString('latin1', position, position + 20), 10)
    if (!(length > 0)) break
    const line = content.subarray(position, position + length - 1)
    const equals = line.indexOf('=')
    const key = line.toString('latin1', line.indexOf(' ') + 1, equals)
    attributes.set(key, decoder.decode(line.subarray(equals + 1)))
    position += length
  }
  return attributes
}
