import type { FileId, FileTree } from './file-tree.ts'

/** A tile of a map of files, or a frame around more of them. */
export interface MapNode {
  /** Null for all that is too small to be seen, taken together. */
  readonly id: FileId | null
  /** Bytes. */
  readonly size: number
  /** Empty for a tile. */
  readonly children: readonly MapNode[]
}

const deepest = 4

/** What of a folder can be seen on a map where nothing smaller than `share` of it is drawn. Whatever its size, few nodes. */
export function mapNodes(tree: FileTree, folder: FileId, share: number): MapNode {
  const smallest = tree.size(folder) * share
  const nodeOf = (id: FileId, depth: number): MapNode => {
    const size = tree.size(id)
    if (!tree.isFolder(id) || depth === deepest) return { id, size, children: [] }
    const seen: MapNode[] = []
    let rest = 0
    for (const child of tree.children(id)) {
      if (tree.size(child) >= smallest && tree.size(child) > 0) seen.push(nodeOf(child, depth + 1))
      else rest += tree.size(child)
    }
    if (seen.length === 0) return { id, size, children: [] }
    return { id, size, children: rest === 0 ? seen : [...seen, { id: null, size: rest, children: [] }] }
  }
  return nodeOf(folder, 0)
}

/** The largest file below a folder, going down by the largest: what a folder drawn as one tile is mostly made of. */
export function mainFile(tree: FileTree, id: FileId): FileId {
  let at = id
  while (tree.isFolder(at)) {
    let largest: FileId | null = null
    for (const child of tree.children(at))
      if (largest === null || tree.size(child) > tree.size(largest)) largest = child
    if (largest === null) return at
    at = largest
  }
  return at
}
