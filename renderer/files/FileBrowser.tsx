import { useDeferredValue, useMemo, useState } from 'react'
import type { Change, TreeComparison } from '../../shared/files/compare-trees.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { rootId, type FileId } from '../../shared/files/file-tree.ts'
import { followAsFar, followPath } from '../../shared/files/follow-path.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
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
  const [sort, setSort] = useState<FileSort>('name')
  const [open, setOpen] = useState<ReadonlySet<FileId>>(new Set())
  const [active, setActive] = useState<FileId | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<FileId>>(new Set())
  const [menu, setMenu] = useState<Point | null>(null)
  /** Selected because one of its files was looked at, and not to see its files alone. */
  const [flashed, setFlashed] = useState<EdgeId | null>(null)
  const [ownOnly, setOwnOnly] = useState<number | null>(null)
  /** A path of which something is about to be expected. */
  const [expecting, setExpecting] = useState<string | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
  const wanted = useDeferredValue(query)
  const order = useMemo(() => new FileOrder(tree), [tree])
  const provenance = useProvenance(fileStoreOf(host), listing, isWhole ? analysis : null, stage)
  // Selected again later, the edge is meant.
  if (flashed !== null && (selection.kind !== 'edge' || selection.edge !== flashed)) setFlashed(null)
  const picked =
    provenance?.origins.findIndex(
      ({ edge }) => selection.kind === 'edge' && edge === selection.edge && edge !== flashed,
    ) ?? -1
  // An edge that is selected on the canvas shows what it brought.
  const only = picked >= 0 ? picked : ownOnly
  const matches = useMemo(() => {
    const isBrought = provenance === null || only === null ? null : (id: FileId) => provenance.originOf(id) === only
    const isChanged = comparison !== null && changedOnly ? (id: FileId) => comparison.changeOf(id) !== 'same' : null
    return findFiles(listing.tree, wanted, isChanged ?? isBrought)
  }, [listing, wanted, provenance, only, comparison, changedOnly])
  const selectEdge = (edge: EdgeId, isFlashed: boolean) => {
    setFlashed(isFlashed ? edge : null)
    onSelect({ kind: 'edge', edge })
  }
  const view = useMemo(() => ({ sort, open, matches }), [sort, open, matches])
  const rows = useMemo(() => visibleFiles(listing.tree, order, view), [listing, order, view])
  const meant = (id: FileId) => (chosen.has(id) ? [...chosen].sort((a, b) => a - b) : [id])
  const offered = (id: FileId) => ({ stage: stage.id, paths: meant(id).map(each => tree.path(each)) })
  const written = (id: FileId) =>
    offered(id)
      .paths.map(path => `/${path}`)
      .join(' ')
  const nothingWords =
    tree.count === 0
      ? 'This stage holds no files at all.'
      : changedOnly && query === ''
        ? 'Every file is the same in both.'
        : 'No name matches.'
  const reveal = (id: FileId) => {
    const next = new Set(open)
    for (let at = tree.parent(id); at > rootId; at = tree.parent(at)) next.add(at)
    setOpen(next)
    if (id > rootId) setActive(id)
  }
  const hueOf = (id: FileId) => {
    const origin = provenance?.origins[provenance.originOf(id)]
    return origin === undefined || analysis === null ? undefined : originHue(origin, analysis.graph)
  }
  const actsOn = (id: FileId): FileActs => ({
    copy: at => offers.setState({ asked: { ...offered(id), at } }),
    expect: () => setExpecting(`/${tree.path(id)}`),
    extract: () =>
      void extractionOf(host).ask({
        ...listing.reference,
        // What a link leads to, not the link alone.
        paths: meant(id).map(each => tree.path(followPath(tree, tree.path(each)) ?? each)),
      }),
    copyPath: () => void navigator.clipboard.writeText(written(id)),
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
        {rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">{nothingWords}</p>
        ) : (
          <FileTable
            tree={tree}
            version={listing.version}
            view={view}
            rows={rows}
            active={active}
            onActive={setActive}
            chosen={chosen}
            onChoose={id =>
              setChosen(before => new Set(before.has(id) ? [...before].filter(other => other !== id) : [...before, id]))
            }
            onDragStart={(id, data) => {
              offers.setState({ dragged: offered(id) })
              data.effectAllowed = 'copy'
              // The text takes the path itself.
              data.setData('text/plain', written(id))
            }}
            onDragEnd={() => offers.setState({ dragged: null })}
            onMenu={(_, at) => setMenu(at)}
            onToggle={(id, opened) => {
              const next = new Set(open)
              if (opened) next.add(id)
              else next.delete(id)
              setOpen(next)
            }}
            onOpen={id => {
              setViewed(id)
              const edge = provenance?.origins[provenance.originOf(id)]?.edge ?? null
              if (edge !== null && only === null) selectEdge(edge, true)
            }}
            hueOf={hueOf}
            comparison={comparison}
            onSort={setSort}
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
