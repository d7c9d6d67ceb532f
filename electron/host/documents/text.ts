import { createHash } from 'node:crypto'
import { HostError } from '../../../shared/bridge/host-error.ts'

/** The largest Dockerfile that is opened: BuildKit itself refuses far smaller ones. */
export const sizeLimit = 16 * 1024 * 1024

/** Compared, never interpreted: SHA-256 of the bytes on disk. */
export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** UTF-8 with byte order mark, NUL and every carriage return kept; null for bytes that are not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * The bytes that `decode` gives `text` back for.
 * @throws HostError not-text for half a surrogate pair, which UTF-8 cannot hold; too-large above the limit.
 */
export function encode(text: string, path: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > sizeLimit) throw tooLarge(path)
  if (bytes.toString('utf8') === text) return bytes
  const back = bytes.toString('utf8')
  let index = 0
  while (index < text.length && text[index] === back[index]) index++
  const line = text.slice(0, index).split('\n').length
  throw new HostError(
    'not-text',
    `Line ${line} holds half a character (a lone surrogate), which no UTF-8 file can hold. Remove it and save again.`,
  )
}

export function tooLarge(path: string): HostError {
  return new HostError('too-large', `${path} is larger than 16 MiB, which no Dockerfile is.`)
}

/** Says where the bytes stop being UTF-8. */
export function notText(path: string, bytes: Uint8Array): HostError {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return new HostError('not-text', `${path} is UTF-16 text. Convert it to UTF-8, which is what BuildKit reads.`)
  // Decoding with replacement and encoding again differs first where the bytes are wrong.
  const repaired = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), 'utf8')
  let offset = 0
  while (offset < bytes.length - 1 && bytes[offset] === repaired[offset]) offset++
  let line = 1
  for (let index = 0; index < offset; index++) if (bytes[index] === 0x0a) line++
  return new HostError(
    'not-text',
    `${path} is not UTF-8 text: byte ${offset + 1}, in line ${line}, is not valid there.`,
  )
}
