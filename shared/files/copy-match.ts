import { followAsFar, followPath } from './follow-path.ts'
import type { FileId, FileTree } from './file-tree.ts'
import { cleanPath, IgnorePatterns, namePattern } from './ignore-pattern.ts'

/** A source of a COPY as BuildKit reads it: variables are expanded, the path begins at the root. */
export interface CopySourcePath {
  readonly path: string
  /** `--exclude`, all of them. */
  readonly exclude: readonly string[]
  /** `--parents`: folders above what is copied come along. */
  readonly parents: boolean
}

/** What one source names in a tree. Links that it names are followed, links inside folders are not. */
export interface SourceMatch {
  /** Each with the name it has in the destination, unless that is its new name. Folders bring what is in them. */
  readonly roots: readonly { readonly id: FileId; readonly name: string }[]
  /** Everything that is not a folder. */
  readonly files: number
  readonly bytes: number
  /** What `--exclude` and `--parents` leave of the roots; null for all of it. */
  readonly keeps: ((pathInRoot: string) => boolean) | null
}

const nothingThere: SourceMatch = { roots: [], files: 0, bytes: 0, keeps: null }

/** A complete listing does not change, and each source is looked up again for every key typed. */
const known = new WeakMap<FileTree, Map<string, SourceMatch>>()

/**
 * Finds what a source copies, by the rules of BuildKit's file operations: a wildcard matches within one folder, a folder
 * means its contents. No roots where there is nothing.
 */
export function matchSource(tree: FileTree, source: CopySourcePath): SourceMatch {
  const key = JSON.stringify([tree.version, source])
  const matches = known.get(tree) ?? new Map<string, SourceMatch>()
  known.set(tree, matches)
  const match = matches.get(key) ?? find(tree, source)
  matches.set(key, match)
  return match
}

function find(tree: FileTree, { path, exclude, parents }: CopySourcePath): SourceMatch {
  const excluded = exclude.length === 0 ? null : new IgnorePatterns(exclude)
  if (parents) return findWithParents(tree, path, excluded)
  const segments = cleanPath(path)
  const wild = segments.findIndex(hasWildcard)
  if (wild < 0) {
    const id = followPath(tree, path)
    return id === null ? nothingThere : measured(tree, [{ id, name: segments.at(-1) ?? '' }], keepsBut(excluded))
  }
  const base = followPath(tree, segments.slice(0, wild).join('/'))
  if (base === null) return nothingThere
  const folders = new Set<FileId>()
  const roots = matchingBelow(tree, base, segments.slice(wild).map(namePattern)).flatMap(found => {
    const id = tree.kind(found) === 'symlink' ? followPath(tree, tree.path(found)) : found
    // What is in a folder comes once, however many links lead to it.
    if (id === null || folders.has(id)) return []
    if (tree.isFolder(id)) folders.add(id)
    return [{ id, name: tree.name(found) }]
  })
  return measured(tree, roots, keepsBut(excluded))
}

/** The part before `/./` is left behind; what is below it keeps its path. */
function findWithParents(tree: FileTree, path: string, excluded: IgnorePatterns | null): SourceMatch {
  const pivot = path.indexOf('/./')
  const root = followPath(tree, pivot < 0 ? '' : path.slice(0, pivot))
  if (root === null) return nothingThere
  const wanted = new IgnorePatterns([cleanPath(pivot < 0 ? path : path.slice(pivot + 3)).join('/')])
  const keeps = (inRoot: string) => wanted.matches(inRoot) && excluded?.matches(inRoot) !== true
  const match = measured(tree, [{ id: root, name: '' }], keeps)
  return match.files === 0 ? nothingThere : match
}

function keepsBut(excluded: IgnorePatterns | null): SourceMatch['keeps'] {
  return excluded === null ? null : inRoot => !excluded.matches(inRoot)
}

function measured(tree: FileTree, roots: SourceMatch['roots'], keeps: SourceMatch['keeps']): SourceMatch {
  let files = 0
  let bytes = 0
  for (const { id } of roots) {
    if (keeps === null) {
      files += tree.isFolder(id) ? tree.files(id) : 1
      bytes += bytesOf(tree, id)
    } else
      eachKept(tree, id, keeps, (_, kept) => {
        if (tree.isFolder(kept)) return
        files += 1
        bytes += bytesOf(tree, kept)
      })
  }
  return { roots, files, bytes, keeps }
}

/** A hard link by itself is the file that it shares its content with. */
function bytesOf(tree: FileTree, id: FileId): number {
  if (tree.kind(id) !== 'hardlink') return tree.size(id)
  const shared = followPath(tree, tree.link(id))
  return shared === null ? 0 : tree.size(shared)
}

/** Walks what a root brings: with the path inside it, '' for a root that is no folder. Folders come before what is in them. */
export function eachKept(
  tree: FileTree,
  root: FileId,
  keeps: SourceMatch['keeps'],
  visit: (pathInRoot: string, id: FileId) => void,
): void {
  if (!tree.isFolder(root)) {
    visit('', root)
    return
  }
  const walk = (folder: FileId, prefix: string) => {
    for (const child of tree.children(folder)) {
      const path = prefix + tree.name(child)
      if (keeps === null || keeps(path)) visit(path, child)
      if (tree.isFolder(child)) walk(child, `${path}/`)
    }
  }
  walk(root, '')
}

/**
 * Where everything a source brings comes to stand in a stage, by path without a leading slash, folders left out.
 * `into` is the stage's own listing, which tells whether the destination was a folder.
 */
export function destinationPaths(
  tree: FileTree,
  match: SourceMatch,
  destination: string,
  into: FileTree,
): ReadonlyMap<string, FileId> {
  const { at, rest } = followAsFar(into, destination)
  const landing = [into.path(at), ...rest].filter(part => part !== '')
  const isFolder = /(^|\/)\.{0,2}$/.test(destination) || (rest.length === 0 && into.isFolder(at))
  const paths = new Map<string, FileId>()
  for (const { id, name } of match.roots)
    eachKept(tree, id, match.keeps, (inRoot, kept) => {
      if (tree.isFolder(kept)) return
      const below = inRoot !== '' ? [inRoot] : isFolder ? [name] : []
      paths.set([...landing, ...below].join('/'), kept)
    })
  return paths
}

/** Whether a path segment is a pattern and not a name. */
export function hasWildcard(segment: string): boolean {
  return /[*?[]/.test(segment.replaceAll(/\\./gs, ''))
}

/** Entries exactly as deep as there are patterns, each name matched by its own. Links are not followed. */
function matchingBelow(tree: FileTree, folder: FileId, patterns: readonly RegExp[]): readonly FileId[] {
  const [pattern, ...deeper] = patterns
  if (pattern === undefined) return [folder]
  return Array.from(tree.children(folder)).flatMap(child => {
    if (!pattern.test(tree.name(child))) return []
    return deeper.length > 0 && !tree.isFolder(child) ? [] : matchingBelow(tree, child, deeper)
  })
}

/** A source that names exactly this path, whatever stands in it: also one that looks like a pattern or a variable. */
export function exactSource(path: string, escape: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]').replaceAll(/[\\$"']/g, character => escape + character)
}
