import { fileKinds, type FileEntry, type FileKind } from './file-listing.ts'

/** Names an entry of one tree: its position in the columns. The root is 0. */
export type FileId = number
export const rootId: FileId = 0
const none = -1

/** One entry as it is shown. */
export interface FileRow {
  readonly id: FileId
  readonly name: string
  readonly kind: FileKind
  /** How many folders it lies in; 0 for what lies in the root. */
  readonly depth: number
  /** Bytes; for a folder those of every file below it. */
  readonly size: number
  /** Everything below a folder that is not a folder; 0 for anything else. */
  readonly files: number
  readonly children: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly link: string
  readonly modified: number
}

/**
 * A file system as columns, grown by batches as they come. Half a million entries cost a few dozen bytes each; folders'
 * sizes and counts are right after every batch.
 */
export class FileTree {
  #length = 0
  #capacity = 0
  #parents = new Int32Array(0)
  #names = new Int32Array(0)
  #kinds = new Uint8Array(0)
  #depths = new Uint16Array(0)
  #modes = new Uint16Array(0)
  #uids = new Uint32Array(0)
  #gids = new Uint32Array(0)
  #sizes = new Float64Array(0)
  #files = new Uint32Array(0)
  #modified = new Float64Array(0)
  #firstChild = new Int32Array(0)
  #nextSibling = new Int32Array(0)
  #childCounts = new Uint32Array(0)
  readonly #pool: string[] = []
  readonly #pooled = new Map<string, number>()
  readonly #links = new Map<FileId, string>()
  readonly #folders = new Map<string, FileId>()
  #lastFolderPath = ''
  #lastFolder: FileId = rootId
  #version = 0

  constructor() {
    this.#append(none, '', 'directory')
    this.#folders.set('', rootId)
  }

  /** Entries, the root left out. */
  get count(): number {
    return this.#length - 1
  }

  /** Grows with every batch: what was derived from an older version may be out of date. */
  get version(): number {
    return this.#version
  }

  /** Names in use, each once; `nameIndex` of an entry points here. */
  get names(): readonly string[] {
    return this.#pool
  }

  /** Parents come first, as the listing promises; a folder that was never listed is added without attributes. */
  add(entries: readonly FileEntry[]): void {
    for (const entry of entries) this.#add(entry)
    if (entries.length > 0) this.#version += 1
  }

  parent(id: FileId): FileId {
    return this.#parents[id] ?? none
  }

  isFolder(id: FileId): boolean {
    return this.kind(id) === 'directory'
  }

  kind(id: FileId): FileKind {
    return fileKinds[this.#kinds[id] ?? 0] ?? 'file'
  }

  name(id: FileId): string {
    return this.#pool[this.#names[id] ?? 0] ?? ''
  }

  nameIndex(id: FileId): number {
    return this.#names[id] ?? 0
  }

  size(id: FileId): number {
    return this.#sizes[id] ?? 0
  }

  depth(id: FileId): number {
    return this.#depths[id] ?? 0
  }

  /** Everything below a folder that is not a folder; 0 for anything else. */
  files(id: FileId): number {
    return this.#files[id] ?? 0
  }

  /** Target of a symlink or hard link; '' otherwise. */
  link(id: FileId): string {
    return this.#links.get(id) ?? ''
  }

  /** The entry of that name in a folder, or null. */
  child(folder: FileId, name: string): FileId | null {
    const wanted = this.#pooled.get(name)
    if (wanted === undefined) return null
    for (let id = this.#firstChild[folder] ?? none; id !== none; id = this.#nextSibling[id] ?? none)
      if (this.#names[id] === wanted) return id
    return null
  }

  /** Without a leading slash, as the host takes it; '' for the root. */
  path(id: FileId): string {
    const names: string[] = []
    for (let at = id; at > rootId; at = this.parent(at)) names.push(this.name(at))
    return names.reverse().join('/')
  }

  /** In the order they were listed. */
  children(id: FileId): Int32Array<ArrayBuffer> {
    const children = new Int32Array(this.#childCounts[id] ?? 0)
    let child = this.#firstChild[id] ?? none
    // The list is linked newest first.
    for (let at = children.length - 1; at >= 0; at--) {
      children[at] = child
      child = this.#nextSibling[child] ?? none
    }
    return children
  }

  row(id: FileId): FileRow {
    return {
      id,
      name: this.name(id),
      kind: this.kind(id),
      depth: this.depth(id),
      size: this.size(id),
      files: this.files(id),
      children: this.#childCounts[id] ?? 0,
      mode: this.#modes[id] ?? 0,
      uid: this.#uids[id] ?? 0,
      gid: this.#gids[id] ?? 0,
      link: this.link(id),
      modified: this.#modified[id] ?? 0,
    }
  }

  #add(entry: FileEntry): void {
    const path = plainPath(entry.path)
    const isFolder = entry.kind === 'directory'
    const known = isFolder ? this.#folders.get(path) : undefined
    const id = known ?? this.#insert(path, entry.kind)
    this.#modes[id] = entry.mode
    this.#uids[id] = entry.uid
    this.#gids[id] = entry.gid
    this.#modified[id] = entry.modified
    if (entry.link !== '') this.#links.set(id, entry.link)
    if (isFolder) return
    this.#sizes[id] = entry.size
    for (let at = this.parent(id); at !== none; at = this.parent(at)) {
      this.#sizes[at] = (this.#sizes[at] ?? 0) + entry.size
      this.#files[at] = (this.#files[at] ?? 0) + 1
    }
  }

  #insert(path: string, kind: FileKind): FileId {
    const slash = path.lastIndexOf('/')
    const parent = this.#folder(slash < 0 ? '' : path.slice(0, slash))
    const id = this.#append(parent, path.slice(slash + 1), kind)
    if (kind === 'directory') this.#folders.set(path, id)
    return id
  }

  #folder(path: string): FileId {
    if (path === this.#lastFolderPath) return this.#lastFolder
    const id = this.#folders.get(path) ?? this.#insert(path, 'directory')
    this.#lastFolderPath = path
    this.#lastFolder = id
    return id
  }

  #append(parent: FileId, name: string, kind: FileKind): FileId {
    if (this.#length === this.#capacity) this.#grow()
    const id = this.#length++
    this.#parents[id] = parent
    this.#names[id] = this.#poolName(name)
    this.#kinds[id] = fileKinds.indexOf(kind)
    this.#firstChild[id] = none
    this.#nextSibling[id] = none
    if (parent === none) return id
    this.#depths[id] = parent === rootId ? 0 : this.depth(parent) + 1
    this.#nextSibling[id] = this.#firstChild[parent] ?? none
    this.#firstChild[parent] = id
    this.#childCounts[parent] = (this.#childCounts[parent] ?? 0) + 1
    return id
  }

  #poolName(name: string): number {
    const known = this.#pooled.get(name)
    if (known !== undefined) return known
    this.#pool.push(name)
    this.#pooled.set(name, this.#pool.length - 1)
    return this.#pool.length - 1
  }

  #grow(): void {
    const capacity = Math.max(1024, this.#capacity * 2)
    this.#capacity = capacity
    this.#parents = grown(this.#parents, new Int32Array(capacity))
    this.#names = grown(this.#names, new Int32Array(capacity))
    this.#kinds = grown(this.#kinds, new Uint8Array(capacity))
    this.#depths = grown(this.#depths, new Uint16Array(capacity))
    this.#modes = grown(this.#modes, new Uint16Array(capacity))
    this.#uids = grown(this.#uids, new Uint32Array(capacity))
    this.#gids = grown(this.#gids, new Uint32Array(capacity))
    this.#sizes = grown(this.#sizes, new Float64Array(capacity))
    this.#files = grown(this.#files, new Uint32Array(capacity))
    this.#modified = grown(this.#modified, new Float64Array(capacity))
    this.#firstChild = grown(this.#firstChild, new Int32Array(capacity))
    this.#nextSibling = grown(this.#nextSibling, new Int32Array(capacity))
    this.#childCounts = grown(this.#childCounts, new Uint32Array(capacity))
  }
}

function grown<Column extends { set(values: Column): void }>(before: Column, after: Column): Column {
  after.set(before)
  return after
}

/** The path without empty parts, which mean nothing: `/usr//bin/` is `usr/bin`. Dots are names like any other. */
function plainPath(path: string): string {
  if (!path.startsWith('/') && !path.endsWith('/') && !path.includes('//')) return path
  return path
    .split('/')
    .filter(name => name !== '')
    .join('/')
}
