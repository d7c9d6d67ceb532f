import { cleanPath } from '../../../../shared/files/ignore-pattern.ts'
import type { ArchivedLayer } from './image-archive.ts'
import type { TarEntry } from './tar-reader.ts'

/** Where the bytes of a file are: a path in a layer, which is named by its position. */
export interface Content {
  readonly layer: number
  readonly path: string
  readonly size: number
}

export interface PlacedEntry {
  readonly entry: TarEntry
  readonly content: Content
}

interface Node {
  placed: PlacedEntry | null
  children: Map<string, Node> | null
}

const hides = '.wh.'
const hidesAll = '.wh..wh..opq'

/** Names beginning so hide another entry and are none themselves. */
export function isWhiteout(path: string): boolean {
  return nameOf(path).startsWith(hides)
}

/** The file system that the layers make, oldest first; parents come before their children. */
export function layOver(layers: readonly ArchivedLayer[]): Iterable<PlacedEntry> {
  const root: Node = { placed: null, children: null }
  layers.forEach(({ entries }, layer) => {
    // What a layer hides is older than all that it brings.
    for (const { path } of entries) if (isWhiteout(path)) hide(root, path)
    for (const entry of entries) if (!isWhiteout(entry.path) && entry.path !== '') put(root, entry, layer)
  })
  return below(root)
}

function hide(root: Node, path: string): void {
  const name = nameOf(path)
  const folder = find(root, folderOf(path))
  if (name === hidesAll) folder?.children?.clear()
  else folder?.children?.delete(name.slice(hides.length))
}

function put(root: Node, entry: TarEntry, layer: number): void {
  let node = root
  for (const name of entry.path.split('/')) {
    // What is no folder holds nothing, and a folder in its place begins anew.
    if (node.placed !== null && node.placed.entry.kind !== 'directory') node.placed = null
    node.children ??= new Map()
    let child = node.children.get(name)
    if (child === undefined) node.children.set(name, (child = { placed: null, children: null }))
    node = child
  }
  const linked = entry.kind === 'hardlink' ? find(root, cleanPath(entry.link).join('/'))?.placed : undefined
  node.placed = { entry, content: linked?.content ?? { layer, path: entry.path, size: entry.size } }
  if (entry.kind !== 'directory') node.children = null
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root
  if (path !== '') for (const name of path.split('/')) node = node?.children?.get(name)
  return node
}

function* below(root: Node, node = root): Generator<PlacedEntry> {
  for (const { placed, children } of node.children?.values() ?? []) {
    if (placed !== null) yield placed.entry.kind === 'hardlink' ? freed(root, placed) : placed
    if (children !== null) yield* below(root, { placed, children })
  }
}

/** A hard link outlives the name that it was made to: then it is the file. */
function freed(root: Node, placed: PlacedEntry): PlacedEntry {
  const other = find(root, cleanPath(placed.entry.link).join('/'))?.placed
  if (other?.content === placed.content) return placed
  return { ...placed, entry: { ...placed.entry, kind: 'file', size: placed.content.size, link: '' } }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
