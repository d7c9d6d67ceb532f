import { nearest } from '../checks/suggest.ts'
import { followAsFar } from './follow-path.ts'
import { rootId, type FileTree } from './file-tree.ts'
import { cleanPath } from './ignore-pattern.ts'

const mostNearPaths = 3

const known = new WeakMap<FileTree, Map<string, readonly string[]>>()

/** What may have been meant by a path that is not in the tree: a like name in its folder, or its name in another. */
export function nearPaths(tree: FileTree, path: string): readonly string[] {
  const key = `${tree.version} ${path}`
  const paths = known.get(tree) ?? new Map<string, readonly string[]>()
  known.set(tree, paths)
  const near = paths.get(key) ?? look(tree, path)
  paths.set(key, near)
  return near
}

function look(tree: FileTree, path: string): readonly string[] {
  const { at, rest } = followAsFar(tree, path)
  const [missing = ''] = rest
  const found: string[] = []
  const siblings = Array.from(tree.children(at), id => tree.name(id))
  const alike = siblings.find(name => name.toLowerCase() === missing.toLowerCase()) ?? nearest(missing, siblings)
  if (alike !== null) found.push(['', ...cleanPath(tree.path(at)), alike, ...rest.slice(1)].join('/'))
  const last = tree.names.indexOf(cleanPath(path).at(-1) ?? '')
  for (let id = rootId + 1; last > 0 && id <= tree.count && found.length < mostNearPaths; id++)
    if (tree.nameIndex(id) === last) found.push(`/${tree.path(id)}`)
  return [...new Set(found)]
}

const mostCompletions = 200

/** What a path typed so far may go on with: everything in its last folder, folders with a slash at their end. */
export function completions(tree: FileTree, typed: string): readonly string[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const { at, rest } = followAsFar(tree, folder)
  if (rest.length > 0) return []
  const prefix = folder === '' ? '/' : folder
  return Array.from(tree.children(at), id => prefix + tree.name(id) + (tree.isFolder(id) ? '/' : ''))
    .filter(path => path.startsWith(typed) && path !== typed)
    .sort()
    .slice(0, mostCompletions)
}
