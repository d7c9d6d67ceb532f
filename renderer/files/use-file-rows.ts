import { useDeferredValue, useMemo, useState } from 'react'
import type { TreeComparison } from '../../shared/files/compare-trees.ts'
import { rootId, type FileId } from '../../shared/files/file-tree.ts'
import { followPath } from '../../shared/files/follow-path.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import type { FileListing } from './file-store.ts'

/** Files as they are to be seen. */
export interface ShownFiles {
  readonly listing: FileListing
  readonly query: string
  /** What the listing shows beside one that it is compared with. */
  readonly comparison: TreeComparison | null
  /** What it is compared with; null where the host no longer holds that. */
  readonly against: FileSystemReference | null
  readonly changedOnly: boolean
  /** Whether files are also drawn by size. */
  readonly hasMap: boolean
}

export type FileRows = ReturnType<typeof useFileRows>

/** What is open, active and chosen among the files of a listing; `isShown` leaves the others out. */
export function useFileRows(
  { listing, query, comparison, changedOnly }: ShownFiles,
  isShown: ((id: FileId) => boolean) | null,
) {
  const { tree, version } = listing
  const [sort, onSort] = useState<FileSort>('name')
  const [open, setOpen] = useState<ReadonlySet<FileId>>(new Set())
  const [active, onActive] = useState<FileId | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<FileId>>(new Set())
  const wanted = useDeferredValue(query)
  const order = useMemo(() => new FileOrder(tree), [tree])
  const matches = useMemo(() => {
    const isChanged = comparison !== null && changedOnly ? (id: FileId) => comparison.changeOf(id) !== 'same' : null
    return findFiles(listing.tree, wanted, isChanged ?? isShown)
  }, [listing, wanted, isShown, comparison, changedOnly])
  const view = useMemo(() => ({ sort, open, matches }), [sort, open, matches])
  const rows = useMemo(() => visibleFiles(listing.tree, order, view), [listing, order, view])

  const onChoose = (id: FileId) =>
    setChosen(before => new Set(before.has(id) ? [...before].filter(other => other !== id) : [...before, id]))
  const onToggle = (id: FileId, opened: boolean) => {
    const next = new Set(open)
    if (opened) next.add(id)
    else next.delete(id)
    setOpen(next)
  }
  const reveal = (id: FileId) => {
    const next = new Set(open)
    for (let at = tree.parent(id); at > rootId; at = tree.parent(at)) next.add(at)
    setOpen(next)
    if (id > rootId) onActive(id)
  }
  /** Of all that are chosen, where the one acted on is among them. */
  const pathsOf = (id: FileId) =>
    (chosen.has(id) ? [...chosen].sort((a, b) => a - b) : [id]).map(each => tree.path(each))
  return {
    matches,
    reveal,
    pathsOf,
    /** As the text takes them. */
    writtenOf: (id: FileId) =>
      pathsOf(id)
        .map(path => `/${path}`)
        .join(' '),
    /** What links lead to, not the links alone. */
    targetsOf: (id: FileId) =>
      pathsOf(id).map(path => {
        const target = followPath(tree, path)
        return target === null ? path : tree.path(target)
      }),
    table: { tree, version, view, rows, comparison, active, onActive, chosen, onChoose, onToggle, onSort },
  }
}
