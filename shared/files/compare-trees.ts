import { FileTree, rootId, type FileId, type FileRow } from './file-tree.ts'

/** `touched`: nothing differs but the time; unless contents were compared, those of a file may, too. */
export const changes = ['same', 'added', 'removed', 'changed', 'touched'] as const
export type Change = (typeof changes)[number]

/** Two file systems as one tree. What lies at a path in both bears the attributes of the second. */
export interface TreeComparison {
  readonly tree: FileTree
  readonly changeOf: (id: FileId) => Change
  /** Bytes that an entry, with all below it, has more than before. */
  readonly difference: (id: FileId) => number
  /** What differs, in words: `mode 0644 → 0755`; '' where nothing does, or everything. */
  readonly words: (id: FileId) => string
  /** Of everything that is no folder. */
  readonly counts: Readonly<Record<Change, number>>
}

/**
 * Walks both trees side by side. What was a folder and is none any more is one change; what lay in it is counted, not shown.
 * `differing` are the paths of files of the same size with other bytes; null where contents were not compared.
 */
export function compareTrees(
  before: FileTree,
  after: FileTree,
  differing: ReadonlySet<string> | null = null,
): TreeComparison {
  const tree = new FileTree()
  const found: Change[] = ['same']
  const differences = [0]
  const said = new Map<FileId, string>()
  const counts: Record<Change, number> = { same: 0, added: 0, removed: 0, changed: 0, touched: 0 }

  const add = (from: FileTree, id: FileId, path: string, change: Change, difference: number): void => {
    const { kind, size, mode, uid, gid, link, modified } = from.row(id)
    const isFolder = kind === 'directory'
    tree.add([{ path, kind, size: isFolder ? 0 : size, mode, uid, gid, link, modified }])
    found.push(change)
    differences.push(difference)
    if (!isFolder) counts[change] += 1
  }
  /** All of one tree that the other has nothing of. */
  const addAll = (from: FileTree, id: FileId, path: string, change: 'added' | 'removed'): void => {
    const sign = change === 'added' ? 1 : -1
    add(from, id, path, change, sign * from.size(id))
    for (const child of from.children(id)) addAll(from, child, `${path}/${from.name(child)}`, change)
  }
  const walk = (old: FileId, now: FileId, prefix: string): void => {
    const olds = new Map(Array.from(before.children(old), id => [before.name(id), id]))
    for (const child of after.children(now)) {
      const name = after.name(child)
      const path = prefix + name
      const was = olds.get(name)
      olds.delete(name)
      if (was === undefined) {
        addAll(after, child, path, 'added')
        continue
      }
      const [change, words] = changeOf(before.row(was), after.row(child), differing?.has(path))
      add(after, child, path, change, after.size(child) - before.size(was))
      if (words !== '') said.set(tree.count, words)
      if (before.isFolder(was) && !after.isFolder(child)) counts.removed += before.files(was)
      else if (before.isFolder(was)) walk(was, child, `${path}/`)
      else for (const each of after.children(child)) addAll(after, each, `${path}/${after.name(each)}`, 'added')
    }
    for (const [name, gone] of olds) addAll(before, gone, prefix + name, 'removed')
  }
  walk(rootId, rootId, '')
  differences[rootId] = after.size(rootId) - before.size(rootId)
  return {
    tree,
    changeOf: id => found[id] ?? 'same',
    difference: id => differences[id] ?? 0,
    words: id => said.get(id) ?? '',
    counts,
  }
}

/** `isOther`: whether the bytes differ; undefined where they were not compared. */
function changeOf(was: FileRow, now: FileRow, isOther: boolean | undefined): readonly [Change, string] {
  const isFolder = now.kind === 'directory'
  const octal = (mode: number) => mode.toString(8).padStart(4, '0')
  const words = [
    ...(was.kind === now.kind ? [] : [`${was.kind} → ${now.kind}`]),
    ...(was.size === now.size || isFolder ? [] : [`${was.size} → ${now.size} bytes`]),
    ...(isOther === true ? ['other contents of the same size'] : []),
    ...(was.mode === now.mode ? [] : [`mode ${octal(was.mode)} → ${octal(now.mode)}`]),
    ...(was.uid === now.uid && was.gid === now.gid ? [] : [`owner ${was.uid}:${was.gid} → ${now.uid}:${now.gid}`]),
    ...(was.link === now.link ? [] : [`link ${was.link} → ${now.link}`]),
  ]
  if (words.length > 0) return ['changed', words.join(', ')]
  return now.kind === 'file' && was.modified !== now.modified
    ? ['touched', isOther === undefined ? 'another time, of the same size' : 'another time, the same contents']
    : ['same', '']
}
