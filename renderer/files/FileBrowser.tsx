import { useMemo, useState } from 'react'
import type { Change, TreeComparison } from '../../shared/files/compare-trees.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import type { FileId } from '../../shared/files/file-tree.ts'
import { followAsFar } from '../../shared/files/follow-path.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { EdgeId, Stage } from '../../shared/graph/stage-graph.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { formatCount } from '../ui/quantities.ts'
import { ExpectedList } from './ExpectedList.tsx'
import { extractionOf } from './extraction.ts'
import { ExtractionStrip } from './ExtractionStrip.tsx'
import { fileStoreOf, type FileListing } from './file-store.ts'
import type { FilesPanelProps } from './FilesPanel.tsx'
import { FileActions, FileMenu, type FileActs } from './FileActions.tsx'
import { FileMap } from './FileMap.tsx'
import { FileTable } from './FileTable.tsx'
import { FileViewer } from './FileViewer.tsx'
import { offers } from './offered-files.ts'
import { OriginLegend, originHue } from './OriginLegend.tsx'
import { useFileRows } from './use-file-rows.ts'
import { useProvenance } from './use-provenance.ts'

interface FileBrowserProps extends Omit<
  FilesPanelProps,
  'build' | 'stages' | 'before' | 'stageIndex' | 'images' | 'image' | 'onShow'
> {
  readonly listing: FileListing
  readonly query: string
  /** As it was when it was built. */
  readonly stage: Stage
  /** What the listing shows beside one that it is compared with. */
  readonly comparison: TreeComparison | null
  readonly changedOnly: boolean
  /** Whether files are also drawn by size. */
  readonly hasMap: boolean
  /** What it is compared with; null where the host no longer holds that. */
  readonly against: FileSystemReference | null
}

/** As the marks of the rows are coloured. */
export const changeHues: Readonly<Partial<Record<Change, string>>> = {
  added: 'var(--success)',
  removed: 'var(--error)',
  changed: 'var(--warning)',
  touched: 'var(--warning)',
}

/** The tree of one stage, with what is open in it. */
export function FileBrowser({
  host,
  listing,
  query,
  stage,
  analysis,
  selection,
  onSelect,
  comparison,
  changedOnly,
  against,
  hasMap,
  ...pinned
}: FileBrowserProps) {
  const { tree } = listing
  const isWhole = comparison === null && listing.reference.line === undefined
  const [menu, setMenu] = useState<Point | null>(null)
  /** Selected because one of its files was looked at, and not to see its files alone. */
  const [flashed, setFlashed] = useState<EdgeId | null>(null)
  const [ownOnly, setOwnOnly] = useState<number | null>(null)
  /** A path of which something is about to be expected. */
  const [expecting, setExpecting] = useState<string | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
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
  const { matches, reveal, pathsOf, writtenOf, targetsOf, table } = useFileRows(
    { listing, query, comparison, changedOnly },
    isBrought,
  )
  const { active } = table
  const selectEdge = (edge: EdgeId, isFlashed: boolean) => {
    setFlashed(isFlashed ? edge : null)
    onSelect({ kind: 'edge', edge })
  }
  const offered = (id: FileId) => ({ stage: stage.id, paths: pathsOf(id) })
  const nothingWords =
    tree.count === 0
      ? 'This stage holds no files at all.'
      : changedOnly && query === ''
        ? 'Every file is the same in both.'
        : 'No name matches.'
  const hueOf = (id: FileId) => {
    const origin = provenance?.origins[provenance.originOf(id)]
    return origin === undefined || analysis === null ? undefined : originHue(origin, analysis.graph)
  }
  const actsOn = (id: FileId): FileActs => ({
    copy: at => offers.setState({ asked: { ...offered(id), at } }),
    expect: () => setExpecting(`/${tree.path(id)}`),
    extract: () => void extractionOf(host).ask({ ...listing.reference, paths: targetsOf(id) }),
    copyPath: () => void navigator.clipboard.writeText(writtenOf(id)),
  })
  /** Where a file can be read; null where it is gone. */
  const viewedIn = viewed !== null && comparison?.changeOf(viewed) === 'removed' ? against : listing.reference

  return (
    <div className="files-body" data-viewing={viewed === null && !hasMap ? undefined : ''}>
      <div className="files-tree">
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
            onShow={path => reveal(followAsFar(tree, path).at)}
          />
        )}
        {table.rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">{nothingWords}</p>
        ) : (
          <FileTable
            {...table}
            onDragStart={(id, data) => {
              offers.setState({ dragged: offered(id) })
              data.effectAllowed = 'copy'
              // The text takes the path itself.
              data.setData('text/plain', writtenOf(id))
            }}
            onDragEnd={() => offers.setState({ dragged: null })}
            onMenu={(_, at) => setMenu(at)}
            onOpen={id => {
              setViewed(id)
              const edge = provenance?.origins[provenance.originOf(id)]?.edge ?? null
              if (edge !== null && only === null) selectEdge(edge, true)
            }}
            hueOf={hueOf}
          />
        )}
        {matches !== null && matches.count > 0 && (
          <p className="files-found" role="status">
            {formatCount(matches.count, 'match', 'matches')}
          </p>
        )}
        <ExtractionStrip host={host} />
        {active !== null && <FileActions path={`/${tree.path(active)}`} acts={actsOn(active)} />}
      </div>
      {menu !== null && active !== null && (
        <FileMenu name={tree.name(active)} at={menu} acts={actsOn(active)} onClose={() => setMenu(null)} />
      )}
      {hasMap && viewed === null && (
        <FileMap
          tree={tree}
          version={listing.version}
          active={active}
          onActive={reveal}
          hueOf={id => (comparison === null ? hueOf(id) : changeHues[comparison.changeOf(id)])}
        />
      )}
      {viewed !== null && viewedIn !== null && (
        <FileViewer
          key={viewed}
          host={host}
          reference={viewedIn}
          path={tree.path(viewed)}
          file={tree.row(viewed)}
          onClose={() => setViewed(null)}
        />
      )}
    </div>
  )
}
