import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { compareTrees, type TreeComparison } from '../../shared/files/compare-trees.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { comparables, type ComparePlace } from './compare-choices.ts'
import { useContents, type ContentReading } from './use-contents.ts'
import { isSamePlace, type FileListing, type FileStore } from './file-store.ts'

export interface Compared {
  /** What is to be shown; with a comparison, both file systems as one. */
  readonly listing: FileListing | null
  /** Null also while the other side is still being listed. */
  readonly comparison: TreeComparison | null
  /** The other side. */
  readonly against: FileSystemReference | null
  /** Of files that differ in nothing else; null where nothing is compared. */
  readonly reading: ContentReading | null
  /** Why there is no other side. */
  readonly problem: string | null
}

/** Lists what was chosen of a stage, and what it is compared with. */
export function useCompared(host: HostApi, store: FileStore, place: ComparePlace): Compared {
  const { build, stage, choice } = place
  const { line, platform } = choice
  const reference = useMemo<FileSystemReference>(
    () => ({ build, stage: stage.index, ...(line !== null && { line }), ...(platform !== null && { platform }) }),
    [build, stage.index, line, platform],
  )
  const chosen = comparables(place).find(({ key }) => key === choice.against)?.reference ?? null
  return useComparison(host, store, reference, chosen)
}

/** Lists one file system, and another that it is compared with; null for none. */
export function useComparison(
  host: HostApi,
  store: FileStore,
  reference: FileSystemReference,
  chosen: FileSystemReference | null,
): Compared {
  useEffect(() => {
    store.show(reference)
  }, [store, reference])
  useEffect(() => () => store.leave(), [store])
  const shown = useStore(store, view => view.listing)
  const known = useStore(store, view => view.known)
  const problem = useStore(store, view => view.problem)
  const listing = shown !== null && isSamePlace(shown.reference, reference) ? shown : null

  const other = chosen === null ? null : (known.find(each => isSamePlace(each.reference, chosen)) ?? null)
  const wanted = other !== null || chosen === null ? null : JSON.stringify(chosen)
  const isComplete = listing?.phase === 'complete'
  useEffect(() => {
    if (wanted !== null && isComplete) store.compare(JSON.parse(wanted) as FileSystemReference)
  }, [store, wanted, isComplete])
  const reading = useContents(host, chosen === null ? null : { before: chosen, after: reference })
  const differing = reading?.contents.differing ?? null
  const comparison = useMemo(
    () => (other === null || !isComplete ? null : compareTrees(other.tree, listing.tree, differing)),
    [other, isComplete, listing, differing],
  )
  const both = useMemo(
    () =>
      comparison === null || listing === null
        ? listing
        : { ...listing, tree: comparison.tree, version: comparison.tree.version },
    [comparison, listing],
  )
  return { listing: both, comparison, against: chosen, reading, problem: chosen === null ? null : problem }
}
