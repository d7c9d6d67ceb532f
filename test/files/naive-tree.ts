import fc from 'fast-check'
import type { FileEntry, FileKind } from '../../shared/files/file-listing.ts'

export const entry = (path: string, kind: FileKind = 'file', size = 0): FileEntry => ({
  path,
  kind,
  size,
  mode: kind === 'directory' ? 0o755 : 0o644,
  uid: 0,
  gid: 0,
  link: '',
  modified: 0,
})

const names = fc.constantFrom('a', 'b', 'Bin', 'usr', 'z.txt', '__proto__', 'constructor', '..', '-', 'ü', '\u202egpj')

/** A listing of a random file system: parents before children, every path once. */
export const listings: fc.Arbitrary<readonly FileEntry[]> = fc
  .array(fc.record({ path: fc.array(names, { minLength: 1, maxLength: 5 }), size: fc.nat(5_000) }), { maxLength: 40 })
  .map(leaves => {
    const entries = new Map<string, FileEntry>()
    for (const { path, size } of leaves) {
      const folders = path.slice(0, -1).map((_, index) => path.slice(0, index + 1).join('/'))
      if (folders.some(folder => entries.get(folder)?.kind === 'file') || entries.has(path.join('/'))) continue
      for (const folder of folders) if (!entries.has(folder)) entries.set(folder, entry(folder, 'directory'))
      entries.set(path.join('/'), entry(path.join('/'), 'file', size))
    }
    return [...entries.values()]
  })

export interface NaiveNode {
  readonly path: string
  readonly name: string
  readonly folder: boolean
  readonly size: number
  readonly files: number
  readonly children: readonly NaiveNode[]
}

/** The same tree as nested objects, built the slow and obvious way. */
export function naiveTree(entries: readonly FileEntry[], folder = ''): readonly NaiveNode[] {
  const prefix = folder === '' ? '' : `${folder}/`
  return entries
    .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/') && path !== folder)
    .map(({ path, kind, size }) => {
      const children = kind === 'directory' ? naiveTree(entries, path) : []
      const below = entries.filter(other => other.path.startsWith(`${path}/`) && other.kind !== 'directory')
      return {
        path,
        name: path.slice(prefix.length),
        folder: kind === 'directory',
        size: below.reduce((sum, other) => sum + other.size, size),
        files: below.length,
        children,
      }
    })
}
