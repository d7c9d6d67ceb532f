import { type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Result } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { fileRefusal, requireAbsolute, systemCode } from './documents/refusals.ts'

type FolderListing = Result<'folders.list'>
type FolderEntry = FolderListing['entries'][number]

/** More than anyone looks through; Dockerfiles are never among those left out. */
const limit = 2_000

/**
 * Folders and files for choosing a Dockerfile: folders first, then files, hidden ones last.
 * @throws HostError not-found, no-permission
 */
export async function listFolder(path: string): Promise<FolderListing> {
  requireAbsolute(path)
  const folder = resolve(path)
  const entries = (await Promise.all((await read(folder)).map(entry => entryOf(folder, entry)))).filter(
    entry => entry !== null,
  )
  const parent = dirname(folder)
  return { path: folder, parent: parent === folder ? null : parent, entries: limited(entries).sort(byPlace) }
}

/** By the names that Docker, Podman and editors take for Dockerfiles. */
export function isDockerfileName(name: string): boolean {
  const lower = name.toLowerCase()
  const bases = ['dockerfile', 'containerfile']
  if (lower.endsWith('.dockerignore')) return false
  return bases.some(base => lower === base || lower.startsWith(`${base}.`) || lower.endsWith(`.${base}`))
}

async function read(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOTDIR') throw new HostError('not-found', `${folder} is a file, not a folder.`, { cause: error })
    if (code === 'ENOENT') throw new HostError('not-found', `There is no folder ${folder}.`, { cause: error })
    throw fileRefusal(error, folder, 'read')
  }
}

/** Null for what is neither a file nor a folder, and for links that lead nowhere. */
async function entryOf(folder: string, entry: Dirent): Promise<FolderEntry | null> {
  const { name } = entry
  const status = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => null) : entry
  if (status?.isDirectory() === true) return { name, kind: 'directory', dockerfile: false }
  if (status?.isFile() === true) return { name, kind: 'file', dockerfile: isDockerfileName(name) }
  return null
}

function limited(entries: FolderEntry[]): FolderEntry[] {
  if (entries.length <= limit) return entries
  const rank = (entry: FolderEntry) => (entry.dockerfile ? 0 : entry.kind === 'directory' ? 1 : 2)
  return entries.sort((a, b) => rank(a) - rank(b) || byPlace(a, b)).slice(0, limit)
}

function byPlace(a: FolderEntry, b: FolderEntry): number {
  const rank = ({ name, kind }: FolderEntry) => (name.startsWith('.') ? 2 : 0) + (kind === 'directory' ? 0 : 1)
  return rank(a) - rank(b) || collator.compare(a.name, b.name)
}

const collator = new Intl.Collator('en', { numeric: true })
