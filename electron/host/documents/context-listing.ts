import type { Stats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { ContextEvent } from '../../../shared/files/context-listing.ts'
import type { FileEntry } from '../../../shared/files/file-listing.ts'
import type { IgnorePatterns } from '../../../shared/files/ignore-pattern.ts'
import { goFileMode, kindOfGoMode } from '../engine/go-file-mode.ts'
import { systemCode } from './refusals.ts'

type Entries = Extract<ContextEvent, { kind: 'entries' }>

/** Files looked at together: the system does it beside the host's own thread. */
const filesAtOnce = 128
const entriesPerBatch = 1_000
/** A batch is told sooner where it fills slowly. */
const batchMilliseconds = 100

/**
 * What a build context holds and what its ignore file leaves out of it, folder by folder, parents first. What disappears
 * meanwhile is passed over. `onFolder` hears of every folder before it is read.
 * @throws HostError not-found where the context is no folder, no-permission where something in it may not be read
 */
export async function* listContext(
  root: string,
  ignored: IgnorePatterns | null,
  signal: AbortSignal,
  onFolder: (path: string) => void = () => undefined,
): AsyncGenerator<Entries, void> {
  const firstNames = new Map<string, string>()
  const folders = ['']
  let batch = emptyBatch()
  let told = performance.now()
  for (let folder = folders.pop(); folder !== undefined && !signal.aborted; folder = folders.pop()) {
    onFolder(join(root, folder))
    const names = await namesIn(root, folder)
    const below: string[] = []
    for (let from = 0; from < names.length; from += filesAtOnce) {
      const some = names.slice(from, from + filesAtOnce)
      const met = some.map(async name => {
        const path = folder === '' ? name : `${folder}/${name}`
        const line = ignored?.matchingLine(path) ?? null
        return { line, entry: await readEntry(root, path, line === null ? firstNames : new Map<string, string>()) }
      })
      for (const { line, entry } of await Promise.all(met)) {
        if (entry === null) continue
        if (line === null) batch.entries.push(entry)
        else batch.leftOut.push({ entry, line })
        if (entry.kind === 'directory' && (line === null || ignored?.mayExceptBelow(entry.path) === true))
          below.push(entry.path)
      }
      const held = batch.entries.length + batch.leftOut.length
      if (held < entriesPerBatch && (held === 0 || performance.now() - told < batchMilliseconds)) continue
      yield batch
      batch = emptyBatch()
      told = performance.now()
    }
    folders.push(...below.reverse())
  }
  yield batch
}

function emptyBatch(): Entries {
  return { kind: 'entries', entries: [], leftOut: [] }
}

async function namesIn(root: string, folder: string): Promise<readonly string[]> {
  const path = join(root, folder)
  try {
    return await readdir(path)
  } catch (error) {
    const isGone = ['ENOENT', 'ENOTDIR'].includes(systemCode(error))
    if (isGone && folder !== '') return []
    const options = { cause: error }
    if (isGone) throw new HostError('not-found', `The build context ${path} is not a folder.`, options)
    const words = error instanceof Error ? error.message : String(error)
    throw new HostError(
      'no-permission',
      `The folder ${path} could not be read: ${words}. A build would fail there, too: change its permissions, or leave it out in .dockerignore.`,
      options,
    )
  }
}

async function readEntry(root: string, path: string, firstNames: Map<string, string>): Promise<FileEntry | null> {
  const absolute = join(root, path)
  const found = await lstat(absolute).catch(() => null)
  // Sockets are not sent.
  if (found === null || found.isSocket()) return null
  const { mode, uid, gid, mtimeMs } = found
  const link = found.isSymbolicLink() ? await readlink(absolute).catch(() => '') : ''
  return { path, ...kindAndLink(found, link, path, firstNames), mode: mode & 0o7777, uid, gid, modified: mtimeMs }
}

/** The bytes of a file with several names count at the first of them. */
function kindAndLink(
  found: Stats,
  link: string,
  path: string,
  firstNames: Map<string, string>,
): Pick<FileEntry, 'kind' | 'link' | 'size'> {
  const kind = kindOfGoMode(goFileMode(found.mode))
  if (kind !== 'file') return { kind, link, size: 0 }
  if (found.nlink > 1) {
    const identity = `${found.dev}:${found.ino}`
    const first = firstNames.get(identity)
    if (first !== undefined) return { kind: 'hardlink', link: first, size: 0 }
    firstNames.set(identity, path)
  }
  return { kind, link, size: found.size }
}
