import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { goFileMode } from './go-file-mode.ts'
import { cleanPath, exactPattern, IgnorePatterns } from '../../../shared/files/ignore-pattern.ts'

/** One entry of a tree to be sent, with fsutil's meaning of each field. */
export interface SentEntry {
  /** Relative, with '/'. */
  readonly path: string
  readonly mode: number
  readonly size: bigint
  readonly modified: bigint
  /** Target of a symlink, or the first path of a file with several names. */
  readonly link: string
  /** Where the bytes are: a path on disk, or the bytes themselves; null where the entry has none. */
  readonly content: string | Uint8Array | null
}

export interface WalkSelection {
  readonly exclude: readonly string[]
  readonly include: readonly string[]
  /** Paths whose symlinks are followed; like `include` otherwise. */
  readonly follow: readonly string[]
}

/**
 * The entries of a folder on disk in the order the daemon wants: folder by folder, names by their bytes, parents first.
 * A folder that is left out still comes when something in it does not. What disappears meanwhile is passed over.
 */
export function* walkContext(root: string, selection: WalkSelection): Generator<SentEntry> {
  const excluded = new IgnorePatterns(selection.exclude)
  const wanted = wantedPatterns(root, selection)
  const firstNames = new Map<string, string>()

  function* walkFolder(folder: string, pendingParents: readonly SentEntry[]): Generator<SentEntry, boolean> {
    let pending = pendingParents
    for (const name of sortedNames(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`
      const found = readEntry(root, path)
      if (!found) continue
      const counts = (!wanted || wanted.matches(path)) && !excluded.matches(path)
      if (counts) {
        yield* pending
        pending = []
        yield asHardLink(found, firstNames)
      }
      if (!found.isFolder) continue
      const reachable =
        (!wanted || wanted.matches(path) || wanted.mayMatchBelow(path)) &&
        (!excluded.matches(path) || (excluded.hasExceptions && excluded.mayExceptBelow(path)))
      if (!reachable) continue
      const sent = yield* walkFolder(path, counts ? [] : [...pending, found.entry])
      if (sent) pending = []
    }
    return pending.length === 0
  }
  yield* walkFolder('', [])
}

/** Null where everything is wanted. */
function wantedPatterns(root: string, selection: WalkSelection): IgnorePatterns | null {
  const { include, follow } = selection
  if (include.length === 0 && follow.length === 0) return null
  const followed = followLinks(root, follow)
  if (followed === null) return include.length === 0 ? null : new IgnorePatterns(include)
  return new IgnorePatterns([...include, ...[...followed].map(exactPattern)])
}

/** Every path that must be sent so that these resolve, symlinks included; null where that is the whole folder. */
function followLinks(root: string, paths: readonly string[]): Set<string> | null {
  const found = new Set<string>()
  // A field, as the type checker does not see `visit` change a variable.
  const reached = { root: false }
  const visit = (folder: readonly string[], rest: readonly string[], hops: number): void => {
    const [segment, ...after] = rest
    if (segment === undefined) {
      if (folder.length === 0) reached.root = true
      else found.add(folder.join('/'))
      return
    }
    if (segment === '..') {
      visit(folder.slice(0, -1), after, hops)
      return
    }
    if (/[*?[\\]/.test(segment)) {
      const pattern = new IgnorePatterns([segment])
      const names = sortedNames(join(root, ...folder)).filter(name => pattern.matches(name))
      if (names.length === 0) found.add([...folder, ...rest].join('/'))
      for (const name of names) visit(folder, [name, ...after], hops)
      return
    }
    const path = [...folder, segment]
    const target = linkTarget(join(root, ...path))
    if (target === null || hops > 255) {
      visit(path, after, hops)
      return
    }
    found.add(path.join('/'))
    const segments = target.split('/').filter(part => part !== '' && part !== '.')
    visit(target.startsWith('/') ? [] : folder, [...segments, ...after], hops + 1)
  }
  for (const path of paths) visit([], cleanPath(path), 0)
  return reached.root ? null : found
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    // Not a link, or not there: then there is nothing to follow.
    return null
  }
}

function sortedNames(folder: string): string[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
  // By bytes, as Go compares; UTF-16 order differs from it above U+FFFF.
  return names.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
}

interface FoundEntry {
  readonly entry: SentEntry
  readonly isFolder: boolean
  /** Device and inode of a file that has several names; null for all others. */
  readonly identity: string | null
}

function readEntry(root: string, path: string): FoundEntry | null {
  const absolute = join(root, path)
  const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false })
  // Sockets mean nothing on another machine; docker build leaves them out too.
  if (!stat || stat.isSocket()) return null
  const entry: SentEntry = {
    path,
    mode: goFileMode(Number(stat.mode)),
    size: stat.isFile() ? stat.size : 0n,
    modified: stat.mtimeNs,
    link: stat.isSymbolicLink() ? (linkTarget(absolute) ?? '') : '',
    content: stat.isFile() ? absolute : null,
  }
  return {
    entry,
    isFolder: stat.isDirectory(),
    identity: stat.isFile() && stat.nlink > 1n ? `${stat.dev}:${stat.ino}` : null,
  }
}

/** The second and later names of a file that are sent name the first one instead of repeating the bytes. */
function asHardLink({ entry, identity }: FoundEntry, firstNames: Map<string, string>): SentEntry {
  if (identity === null) return entry
  const first = firstNames.get(identity)
  if (first !== undefined) return { ...entry, link: first, size: 0n, content: null }
  firstNames.set(identity, entry.path)
  return entry
}
