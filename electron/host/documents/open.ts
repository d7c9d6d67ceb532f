import { constants } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileRefusal, isDirectory, notRegular, requireAbsolute } from './refusals.ts'
import { decode, fingerprintOf, notText, sizeLimit, tooLarge } from './text.ts'

export interface TextOnDisk {
  readonly text: string
  readonly fingerprint: string
  /** Whether this user may replace the file, as far as one can tell without doing it. */
  readonly writable: boolean
}

/**
 * Reads a Dockerfile without changing anything: encoding `text` gives the same bytes.
 * @throws HostError not-found, no-permission, is-directory, too-large, or not-text with the byte and line.
 */
export async function readDocument(path: string): Promise<TextOnDisk> {
  requireAbsolute(path)
  const bytes = await readBytes(path)
  const text = decode(bytes)
  if (text === null) throw notText(path, bytes)
  return { text, fingerprint: fingerprintOf(bytes), writable: await isWritable(path) }
}

/** @throws HostError as readDocument does, except for not-text of what is a regular file. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    // Asked before opening: opening a named pipe waits for a writer, for ever.
    const status = await stat(path)
    if (status.isDirectory()) throw isDirectory(path)
    if (!status.isFile()) throw notRegular(path)
    if (status.size > sizeLimit) throw tooLarge(path)
    const file = await open(path, 'r')
    try {
      const bytes = await file.readFile()
      if (bytes.length > sizeLimit) throw tooLarge(path)
      return bytes
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileRefusal(error, path, 'read')
  }
}

/** Saving replaces the file, so its folder counts as well. Opening for writing changes nothing, not even a time. */
async function isWritable(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r+')
    await file.close()
    await access(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}
