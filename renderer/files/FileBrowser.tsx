import { useMemo, useState } from 'react'
import type { FileId } from '../../shared/files/file-tree.ts'
import { followAsFar } from '../../shared/files/follow-path.ts'
import type { EdgeId, Stage } from '../../shared/graph/stage-graph.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { ExpectedList } from './ExpectedList.tsx'
import { fileStoreOf } from './file-store.ts'
import { FilesBody } from './FilesBody.tsx'
import type { FilesPanelProps } from './FilesPanel.tsx'
import { offers } from './offered-files.ts'
import { OriginLegend, originHue } from './OriginLegend.tsx'
import { useFileRows, type ShownFiles } from './use-file-rows.ts'
import { useProvenance } from './use-provenance.ts'

interface FileBrowserProps extends Omit<
  FilesPanelProps,
  'build' | 'stages' | 'platforms' | 'before' | 'stageIndex' | 'images' | 'image' | 'onShow'
> {
  readonly shown: ShownFiles
  /** As it was when it was built. */
  readonly stage: Stage
}

/** The tree of one stage, with what is open in it. */
export function FileBrowser({ host, shown, stage, analysis, selection, onSelect, ...pinned }: FileBrowserProps) {
  const { listing, comparison } = shown
  const { tree } = listing
  const isWhole =
    comparison === null && listing.reference.line === undefined && listing.reference.platform === undefined
  /** Selected because one of its files was looked at, and not to see its files alone. */
  const [flashed, setFlashed] = useState<EdgeId | null>(null)
  const [ownOnly, setOwnOnly] = useState<number | null>(null)
  /** A path of which something is about to be expected. */
  const [expecting, setExpecting] = useState<string | null>(null)
  const provenance = useProvenance(fileStoreOf(host), listing, isWhole ? analysis : null, stage)
  // Selected again later, the edge is meant.
  if (flashed !== null && (selection.kind !== 'edge' || selection.edge !== flashed)) setFlashed(null)
  const picked =
    provenance?.origins.findIndex(
      ({ edge }) => selection.kind === 'edge' && edge === selection.edge && edge !== flashed,
    ) ?? -1
  // An edge that is selected on the canvas shows what it brought.
  const only = picked >= 0 ? picked : ownOnly
  const isBrought = useMemo(
    () => (provenance === null || only === null ? null : (id: FileId) => provenance.originOf(id) === only),
    [provenance, only],
  )
  const files = useFileRows(shown, isBrought)
  const selectEdge = (edge: EdgeId, isFlashed: boolean) => {
    setFlashed(isFlashed ? edge : null)
    onSelect({ kind: 'edge', edge })
  }
  const offered = (id: FileId) => ({ stage: stage.id, paths: files.pathsOf(id) })
  const hueOf = (id: FileId) => {
    const origin = provenance?.origins[provenance.originOf(id)]
    return origin === undefined || analysis === null ? undefined : originHue(origin, analysis.graph)
  }
  return (
    <FilesBody
      {...{ host, shown, files, hueOf }}
      nothing="This stage holds no files at all."
      actsOn={id => ({
        copy: at => offers.setState({ asked: { ...offered(id), at } }),
        expect: () => setExpecting(`/${tree.path(id)}`),
      })}
      onDrag={id => offers.setState({ dragged: id === null ? null : offered(id) })}
      onView={id => {
        const edge = provenance?.origins[provenance.originOf(id)]?.edge ?? null
        if (edge !== null && only === null) selectEdge(edge, true)
      }}
    >
      {provenance !== null && analysis !== null && provenance.origins.length > 1 && (
        <OriginLegend
          graph={analysis.graph}
          provenance={provenance}
          only={only}
          onOnly={origin => {
            setOwnOnly(origin)
            if (selection.kind === 'edge') onSelect(nothingSelected)
          }}
          onSelectEdge={edge => selectEdge(edge, false)}
        />
      )}
      {isWhole && (
        <ExpectedList
          {...pinned}
          {...{ stage, listing, expecting }}
          onExpecting={setExpecting}
          onShow={path => files.reveal(followAsFar(tree, path).at)}
        />
      )}
    </FilesBody>
  )
}
