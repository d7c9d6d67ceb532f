import { ArrowRight, Copy, FolderTree, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { displayName } from '../../shared/files/display-name.ts'
import { rootId, type FileId } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
import { provenanceOf } from '../../shared/files/provenance.ts'
import { stageTitle, type EdgeId, type Stage } from '../../shared/graph/stage-graph.ts'
import { nothingSelected, type Selection } from '../../shared/selection.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { MenuEntry } from '../graph/MenuEntry.tsx'
import { Popover } from '../graph/Popover.tsx'
import { Button, IconButton } from '../ui/controls.tsx'
import '../ui/panel-empty.css'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { fileStoreOf, type FileListing, type FileStore } from './file-store.ts'
import './files.css'
import { FileTable } from './FileTable.tsx'
import { FileViewer } from './FileViewer.tsx'
import { offers } from './offered-files.ts'
import { OriginLegend, originHue } from './OriginLegend.tsx'
import { SafeText } from './SafeText.tsx'

export interface FilesPanelProps {
  readonly host: HostApi
  /** The build that the host holds; null where there is none. */
  readonly build: string | null
  /** The stages of that build that can be looked into. */
  readonly stages: readonly Stage[]
  /** 0-based; null for the last of `stages`. */
  readonly stageIndex: number | null
  readonly onStageIndex: (stageIndex: number) => void
  /** The text that was built, with the listings at hand; null where there is none. */
  readonly analysis: Analysis | null
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

/** The whole file system of any stage of the last build, with what is in each file. */
export function FilesPanel({ build, stageIndex, ...props }: FilesPanelProps) {
  const { stages } = props
  const stage = stages.find(({ index }) => index === stageIndex) ?? stages.at(-1)
  if (build === null || stage === undefined) return <NoFiles />
  return <StageFiles {...props} build={build} stage={stage} />
}

function NoFiles() {
  return (
    <div className="panel-empty">
      <FolderTree size={24} aria-hidden />
      <p className="panel-empty-title">No files to look into yet</p>
      <p>
        Build a stage first. The files of every stage that went into it, not only of the last one, can then be browsed
        here.
      </p>
    </div>
  )
}

interface StageFilesProps extends Omit<FilesPanelProps, 'build' | 'stageIndex'> {
  readonly build: string
  readonly stage: Stage
}

function StageFiles({ host, build, stages, stage, onStageIndex, ...rest }: StageFilesProps) {
  const store = fileStoreOf(host)
  const shown = useStore(store, view => view.listing)
  useEffect(() => {
    store.show(build, stage.index)
  }, [store, build, stage.index])
  useEffect(() => () => store.leave(), [store])
  const listing = shown?.build === build && shown.stage === stage.index ? shown : null
  const [query, setQuery] = useState('')

  return (
    <div className="files-panel">
      <header className="files-tools">
        <span className="files-hue" style={{ background: stageHue(stage) }} aria-hidden />
        <select
          className="field"
          aria-label="Stage"
          value={stage.index}
          onChange={event => onStageIndex(Number(event.target.value))}
        >
          {stages.map(other => (
            <option key={other.index} value={other.index}>
              {stageTitle(other)}
            </option>
          ))}
        </select>
        <label className="files-search">
          <Search size={16} aria-hidden />
          <input
            className="field"
            type="search"
            placeholder="Search names, or paths with /"
            aria-label="Search files"
            value={query}
            onChange={event => setQuery(event.target.value)}
          />
        </label>
        {listing !== null && <Totals listing={listing} />}
      </header>
      {listing?.phase === 'failed' ? (
        <Failure message={listing.message ?? ''} store={store} />
      ) : (
        listing !== null && <Browser key={`${build} ${stage.index}`} {...rest} {...{ host, listing, query, stage }} />
      )}
    </div>
  )
}

function Totals({ listing }: { readonly listing: FileListing }) {
  const { size, files } = listing.tree.row(rootId)
  const folders = listing.tree.count - files
  switch (listing.phase) {
    case 'listing':
    case 'left':
      return (
        <span className="files-totals" role="status">
          Listing, {formatCount(listing.tree.count, 'entry', 'entries')} so far
        </span>
      )
    case 'complete':
      return (
        <span className="files-totals" role="status">
          {formatCount(files, 'file')} in {formatCount(folders, 'folder')}, {formatBytes(size)}
        </span>
      )
    case 'failed':
      return null
  }
}

function Failure({ message, store }: { readonly message: string; readonly store: FileStore }) {
  return (
    <div className="panel-empty" role="alert">
      <FolderTree size={24} aria-hidden />
      <p className="panel-empty-title">The files could not be listed</p>
      <p>{message}</p>
      <Button onClick={() => store.retry()}>Try again</Button>
    </div>
  )
}

interface BrowserProps extends Pick<FilesPanelProps, 'host' | 'analysis' | 'selection' | 'onSelect'> {
  readonly listing: FileListing
  readonly query: string
  /** As it was when it was built. */
  readonly stage: Stage
}

function Browser({ host, listing, query, stage, analysis, selection, onSelect }: BrowserProps) {
  const { tree } = listing
  const [sort, setSort] = useState<FileSort>('name')
  const [open, setOpen] = useState<ReadonlySet<FileId>>(new Set())
  const [active, setActive] = useState<FileId | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<FileId>>(new Set())
  const [menu, setMenu] = useState<Point | null>(null)
  /** Selected because one of its files was looked at, and not to see its files alone. */
  const [flashed, setFlashed] = useState<EdgeId | null>(null)
  const [ownOnly, setOwnOnly] = useState<number | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
  const wanted = useDeferredValue(query)
  const order = useMemo(() => new FileOrder(tree), [tree])
  // The tree is one object while it grows; the listing around it is a new one each time.
  const provenance = useMemo(
    () => (analysis === null || listing.phase !== 'complete' ? null : provenanceOf(analysis, stage.id)),
    [analysis, listing, stage],
  )
  const picked =
    provenance?.origins.findIndex(
      ({ edge }) => selection.kind === 'edge' && edge === selection.edge && edge !== flashed,
    ) ?? -1
  // An edge that is selected on the canvas shows what it brought.
  const only = picked >= 0 ? picked : ownOnly
  const matches = useMemo(() => {
    const isOnly = provenance === null || only === null ? null : (id: FileId) => provenance.originOf(id) === only
    return findFiles(listing.tree, wanted, isOnly)
  }, [listing, wanted, provenance, only])
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
  const copyPath = (id: FileId) => void navigator.clipboard.writeText(written(id))

  return (
    <div className="files-body" data-viewing={viewed === null ? undefined : ''}>
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
        {rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">{tree.count === 0 ? 'This stage holds no files at all.' : 'No name matches.'}</p>
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
            hueOf={id => {
              const origin = provenance?.origins[provenance.originOf(id)]
              return origin === undefined || analysis === null ? undefined : originHue(origin, analysis.graph)
            }}
            onSort={setSort}
          />
        )}
        {matches !== null && matches.count > 0 && (
          <p className="files-found" role="status">
            {formatCount(matches.count, 'match', 'matches')}
          </p>
        )}
        {active !== null && (
          <footer className="files-path">
            <span className="code">
              <bdi>
                <SafeText text={`/${tree.path(active)}`} />
              </bdi>
            </span>
            <Button
              variant="quiet"
              icon={ArrowRight}
              onClick={({ currentTarget }) => {
                const { left, top } = currentTarget.getBoundingClientRect()
                offers.setState({ asked: { ...offered(active), at: { x: left, y: top } } })
              }}
            >
              Copy to stage…
            </Button>
            <IconButton icon={Copy} label="Copy the path" onClick={() => copyPath(active)} />
          </footer>
        )}
      </div>
      {menu !== null && active !== null && (
        <Popover label={`Actions for ${displayName(tree.name(active))}`} at={menu} onClose={() => setMenu(null)} isMenu>
          <MenuEntry
            icon={ArrowRight}
            label="Copy to stage…"
            onChoose={() => {
              setMenu(null)
              offers.setState({ asked: { ...offered(active), at: menu } })
            }}
          />
          <MenuEntry
            icon={Copy}
            label="Copy the path"
            onChoose={() => {
              setMenu(null)
              copyPath(active)
            }}
          />
        </Popover>
      )}
      {viewed !== null && (
        <FileViewer
          key={viewed}
          host={host}
          reference={{ build: listing.build, stage: listing.stage }}
          path={tree.path(viewed)}
          file={tree.row(viewed)}
          onClose={() => setViewed(null)}
        />
      )}
    </div>
  )
}
