import { cleanPath } from './ignore-pattern.ts'
import { rootId, type FileId, type FileTree } from './file-tree.ts'

/** Links after which the kernel gives up. */
const mostLinks = 40

/** The entry at a path, links followed within the tree, the last one too; null where there is none. */
export function followPath(tree: FileTree, path: string): FileId | null {
  const { at, rest } = followAsFar(tree, path)
  return rest.length === 0 ? at : null
}

/** As far as the path leads, and the names for which there is nothing. */
export function followAsFar(tree: FileTree, path: string): { readonly at: FileId; readonly rest: readonly string[] } {
  const rest = cleanPath(path)
  let at: FileId = rootId
  for (let links = 0; rest.length > 0 && links <= mostLinks;) {
    const [name = ''] = rest
    if (name === '..') at = Math.max(rootId, tree.parent(at))
    const next = name === '..' ? at : tree.child(at, name)
    if (next === null) break
    rest.shift()
    if (tree.kind(next) !== 'symlink') {
      at = next
      continue
    }
    links++
    const link = tree.link(next)
    if (link.startsWith('/')) at = rootId
    rest.unshift(...link.split('/').filter(part => part !== '' && part !== '.'))
  }
  return { at, rest }
}
