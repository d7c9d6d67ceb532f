import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, lstat, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { inTurn } from '../in-turn.ts'
import { fileRefusal, isDirectory, notRegular, requireAbsolute, systemCode } from './refusals.ts'
import { encode, fingerprintOf } from './text.ts'

/**
 * Replaces the file in one step: a reader sees the old text or the new one, and a failure leaves the old one. Symbolic
 * links stay links, mode and owner stay as they were.
 *
 * @param expected fingerprint of what the text is based on; null overwrites whatever is there
 * @returns the new fingerprint
 * @throws HostError changed-on-disk, no-permission, not-found (no such folder), is-directory, not-text, too-large
 */
export async function saveDocument(path: string, text: string, expected: string | null): Promise<string> {
  requireAbsolute(path)
  const bytes = encode(text, path)
  try {
    const target = await followLinks(path)
    return await inTurn(target, () => replace(target, bytes, expected))
  } catch (error) {
    throw fileRefusal(error, path, 'write')
  }
}

async function replace(target: string, bytes: Buffer, expected: string | null): Promise<string> {
  const before = await statusOf(target)
  if (before !== null) await requireWritable(target, before)
  else if (expected !== null) throw changedOnDisk(target, 'is gone')

  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 200)}.${randomBytes(6).toString('hex')}.slipway`,
  )
  try {
    const file = await createBeside(temporary, target, before)
    try {
      await file.writeFile(bytes)
      if (before !== null) await keepOwnerAndMode(file, before)
      await file.sync()
    } finally {
      await file.close()
    }
    // As late as can be: what another program writes after this line is lost, and nothing can help that.
    if (expected !== null && fingerprintOf(await readFile(target)) !== expected)
      throw changedOnDisk(target, 'was changed by another program')
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    if (systemCode(error) === 'ENOENT' && expected !== null) throw changedOnDisk(target, 'is gone')
    throw error
  }
  await syncFolder(dirname(target))
  return fingerprintOf(bytes)
}

/** The file that a chain of symbolic links leads to, also where that file does not exist yet. */
async function followLinks(path: string): Promise<string> {
  let current = path
  for (let links = 0; links < 40; links++) {
    try {
      return await realpath(current)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
    }
    const folder = await realpath(dirname(current))
    current = join(folder, basename(current))
    const status = await lstat(current).catch(() => null)
    if (status?.isSymbolicLink() !== true) return current
    current = resolve(folder, await readlink(current))
  }
  throw new HostError('not-found', `${path} is a symbolic link that leads back to itself.`)
}

async function statusOf(target: string): Promise<Stats | null> {
  try {
    return await stat(target)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Replacing needs no right to the file itself, only to its folder; but read-only says that it is not to be changed. */
async function requireWritable(target: string, status: Stats): Promise<void> {
  if (status.isDirectory()) throw isDirectory(target)
  if (!status.isFile()) throw notRegular(target)
  try {
    const file = await open(target, 'r+')
    await file.close()
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(systemCode(error))) throw error
    throw new HostError(
      'no-permission',
      `${target} is read-only for this user. Make it writable, or save under another name.`,
      { cause: error },
    )
  }
}

async function createBeside(temporary: string, target: string, before: Stats | null): Promise<FileHandle> {
  try {
    // Private until it has the mode of the original; a new file gets what the user's umask gives.
    return await open(temporary, 'wx', before === null ? 0o666 : 0o600)
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(systemCode(error))) throw error
    throw new HostError(
      'no-permission',
      `The folder ${dirname(target)} may not be written by this user, so ${basename(target)} cannot be replaced safely. ` +
        'Change the permissions of the folder, or save somewhere else.',
      { cause: error },
    )
  }
}

/**
 * Only root may give files away. Where the owner cannot be kept the file becomes the saver's, as with every editor that
 * replaces files; it must then not be setuid or setgid for somebody else.
 */
async function keepOwnerAndMode(file: FileHandle, before: Stats): Promise<void> {
  if (process.platform === 'win32') return
  const mine = await file.stat()
  let kept = true
  if (mine.uid !== before.uid || mine.gid !== before.gid) {
    try {
      await file.chown(before.uid, before.gid)
    } catch {
      kept = false
      await file.chown(mine.uid, before.gid).catch(() => undefined)
    }
  }
  await file.chmod(before.mode & (kept ? 0o7777 : 0o1777))
}

/** Makes the rename itself last. Not every system can sync a folder, and the text is safe already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}

function changedOnDisk(path: string, what: string): HostError {
  return new HostError('changed-on-disk', `${path} ${what} since it was opened. Nothing was saved; compare first.`)
}
