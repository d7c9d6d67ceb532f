import { rootId, type FileId, type FileTree } from './file-tree.ts'

/** By name, folders first; or by size, the largest first whatever they are. */
export type FileSort = 'name' | 'size'

/** What a search leaves of the tree. */
export interface FileMatches {
  /** Entries whose own name or path matches. */
  readonly count: number
  /** By id: 0 hidden, 1 a folder on the way to a match, 2 a match, 3 a match with more below it. */
  readonly marks: Uint8Array
}

const onTheWay = 1
const matching = 2

/**
 * Entries whose name holds `query`, whatever its case; with a slash in it, whose path does; of them those that `only` lets
 * through. Null for an empty query with nothing to let through.
 */
export function findFiles(
  tree: FileTree,
  query: string,
  only: ((id: FileId) => boolean) | null = null,
): FileMatches | null {
  const wanted = query.toLowerCase()
  if (wanted === '' && only === null) return null
  const isNamed = wanted.includes('/') ? matchPath(tree, wanted) : matchName(tree, wanted)
  const matches = only === null ? isNamed : (id: FileId) => only(id) && isNamed(id)
  const marks = new Uint8Array(tree.count + 1)
  let count = 0
  for (let id = rootId + 1; id <= tree.count; id++) {
    if (!matches(id)) continue
    count += 1
    marks[id] = (marks[id] ?? 0) | matching
    for (let at = tree.parent(id); at > rootId; at = tree.parent(at)) {
      const mark = marks[at] ?? 0
      if (mark & onTheWay) break
      marks[at] = mark | onTheWay
    }
  }
  return { count, marks }
}

function matchName(tree: FileTree, wanted: string): (id: FileId) => boolean {
  // A name is looked at once, however many entries bear it.
  const found = tree.names.map(name => name.toLowerCase().includes(wanted))
  return id => found[tree.nameIndex(id)] === true
}

function matchPath(tree: FileTree, wanted: string): (id: FileId) => boolean {
  const folders = new Map<FileId, string>([[rootId, '']])
  const path = (id: FileId): string => {
    const known = folders.get(id)
    if (known !== undefined) return known
    const whole = `${path(tree.parent(id))}/${tree.name(id).toLowerCase()}`
    if (tree.isFolder(id)) folders.set(id, whole)
    return whole
  }
  return id => path(id).includes(wanted)
}

export interface FileView {
  readonly sort: FileSort
  readonly open: ReadonlySet<FileId>
  readonly matches: FileMatches | null
}

/** Whether a folder shows what is in it. A search opens the folders on the way to a match. */
export function isOpen({ open, matches }: FileView, id: FileId): boolean {
  return matches !== null && ((matches.marks[id] ?? 0) & onTheWay) !== 0 ? true : open.has(id)
}

/** Whether an entry itself is what was searched for, and not only on the way to it. */
export function isMatch({ matches }: FileView, id: FileId): boolean {
  return matches !== null && ((matches.marks[id] ?? 0) & matching) !== 0
}

/** Orders the entries of one folder; kept for as long as the tree does not grow. */
export class FileOrder {
  readonly #tree: FileTree
  readonly #sorted: Readonly<Record<FileSort, Map<FileId, Int32Array<ArrayBuffer>>>> = {
    name: new Map(),
    size: new Map(),
  }
  #version: number

  constructor(tree: FileTree) {
    this.#tree = tree
    this.#version = tree.version
  }

  children(id: FileId, sort: FileSort): Int32Array<ArrayBuffer> {
    if (this.#version !== this.#tree.version) {
      this.#sorted.name.clear()
      this.#sorted.size.clear()
      this.#version = this.#tree.version
    }
    const known = this.#sorted[sort].get(id)
    if (known !== undefined) return known
    const children = this.#tree.children(id)
    if (children.length > 1) children.sort(sort === 'name' ? this.#byName : this.#bySize)
    this.#sorted[sort].set(id, children)
    return children
  }

  readonly #byName = (a: FileId, b: FileId): number => {
    const tree = this.#tree
    const folders = Number(tree.isFolder(b)) - Number(tree.isFolder(a))
    if (folders !== 0) return folders
    const [left, right] = [tree.name(a), tree.name(b)]
    return left < right ? -1 : left > right ? 1 : a - b
  }

  readonly #bySize = (a: FileId, b: FileId): number => this.#tree.size(b) - this.#tree.size(a) || this.#byName(a, b)
}

/** What is to be seen, top to bottom: one id a row. */
export function visibleFiles(tree: FileTree, order: FileOrder, view: FileView): Int32Array {
  const { matches, sort } = view
  const rows = new Int32Array(tree.count)
  let length = 0
  const walk = (folder: FileId, all: boolean) => {
    for (const child of order.children(folder, sort)) {
      const mark = matches?.marks[child] ?? 0
      if (!all && mark === 0) continue
      rows[length++] = child
      // In a matching folder with no match below, everything shows once it is opened.
      if (tree.isFolder(child) && isOpen(view, child)) walk(child, all || (mark & onTheWay) === 0)
    }
  }
  walk(rootId, matches === null)
  return rows.subarray(0, length)
}
