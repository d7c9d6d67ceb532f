import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { lowestStage, provenanceOf, type Provenance } from '../../shared/files/provenance.ts'
import type { Stage } from '../../shared/graph/stage-graph.ts'
import { isSamePlace, type FileListing, type FileStore } from './file-store.ts'

/** What brought the files of a stage; told anew when the image below it has been listed, too. Null without an analysis. */
export function useProvenance(
  store: FileStore,
  listing: FileListing,
  analysis: Analysis | null,
  stage: Stage,
): Provenance | null {
  const isComplete = listing.phase === 'complete'
  const { build } = listing.reference
  const image = useMemo<FileSystemReference | null>(() => {
    const lowest = analysis === null || !isComplete ? null : lowestStage(analysis.graph, stage)
    return lowest?.baseSource.kind === 'image' ? { build, stage: lowest.index, line: lowest.startLine } : null
  }, [analysis, build, isComplete, stage])
  useEffect(() => {
    if (image !== null) store.learnAlso(image)
  }, [store, image])
  const imageTree = useStore(store, ({ known }) =>
    image === null ? null : (known.find(({ reference }) => isSamePlace(reference, image))?.tree ?? null),
  )
  // The tree is one object while it grows; the listing around it is a new one each time.
  return useMemo(
    () => (analysis === null || listing.phase !== 'complete' ? null : provenanceOf(analysis, stage.id, imageTree)),
    [analysis, listing, stage, imageTree],
  )
}
