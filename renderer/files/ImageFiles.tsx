import { useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { buildOfImage, type ImageLayer } from '../../shared/files/file-listing.ts'
import type { FileId } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
import { formatBytes } from '../ui/quantities.ts'
import { imageStoreOf, type FileListing } from './file-store.ts'
import { Failure, SearchField, Totals } from './FilesPanelParts.tsx'
import { FileTable } from './FileTable.tsx'
import { FileViewer } from './FileViewer.tsx'
import { SafeText } from './SafeText.tsx'

interface ImageFilesProps {
  readonly host: HostApi
  readonly image: string
  /** Chooses among the file systems there are. */
  readonly chooser: ReactNode
}

const nothing: ReadonlySet<FileId> = new Set()

/** The files of an image in the engine's store: all of it, or what one of its layers brings. */
export function ImageFiles({ host, image, chooser }: ImageFilesProps) {
  const store = imageStoreOf(host)
  const listing = useStore(store, state => state.listing)
  const [layer, setLayer] = useState(0)
  const [query, setQuery] = useState('')
  const build = buildOfImage(image)
  useEffect(() => {
    store.show({ build, stage: layer })
  }, [store, build, layer])
  useEffect(() => () => store.leave(), [store])
  const shown = listing?.reference.build === build && listing.reference.stage === layer ? listing : null
  // Told anew with every listing; between two of them the layers are still the same.
  const layers = listing?.reference.build === build ? listing.layers : []

  return (
    <div className="files-panel">
      <header className="files-tools">
        {chooser}
        <select
          className="field"
          aria-label="Layer"
          value={layer}
          onChange={event => setLayer(Number(event.target.value))}
        >
          <option value={0}>All layers</option>
          {layers.map((each, index) => (
            <option key={index} value={index + 1}>
              {layerTitle(each, index)}
            </option>
          ))}
        </select>
        <SearchField query={query} onQuery={setQuery} />
        {shown !== null && <Totals listing={shown} />}
      </header>
      {shown?.phase === 'failed' ? (
        <Failure message={shown.message ?? ''} store={store} />
      ) : (
        shown !== null && <ImageTree key={`${image} ${layer}`} {...{ host, query }} listing={shown} />
      )}
    </div>
  )
}

function layerTitle({ command, bytes, removed }: ImageLayer, index: number): string {
  const made = command
    .replace(/^RUN /, '')
    .replace(/^\/bin\/sh -c (#\(nop\) )?/, '')
    .replace(/ # buildkit$/, '')
    .trim()
  const short = made.length > 60 ? `${made.slice(0, 59)}…` : made
  return `${index + 1}: ${short || 'Layer'}, ${formatBytes(bytes)}${removed > 0 ? `, ${removed} removed` : ''}`
}

function ImageTree({ host, listing, query }: { host: HostApi; listing: FileListing; query: string }) {
  const { tree } = listing
  const [sort, setSort] = useState<FileSort>('name')
  const [open, setOpen] = useState<ReadonlySet<FileId>>(nothing)
  const [active, setActive] = useState<FileId | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
  const wanted = useDeferredValue(query)
  const order = useMemo(() => new FileOrder(tree), [tree])
  const matches = useMemo(() => findFiles(listing.tree, wanted, null), [listing, wanted])
  const view = useMemo(() => ({ sort, open, matches }), [sort, open, matches])
  const rows = useMemo(() => visibleFiles(listing.tree, order, view), [listing, order, view])

  return (
    <div className="files-body" data-viewing={viewed === null ? undefined : ''}>
      <div className="files-tree">
        {rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">{tree.count === 0 ? 'This layer holds no files.' : 'No name matches.'}</p>
        ) : (
          <FileTable
            {...{ tree, view, rows, active }}
            version={listing.version}
            onActive={setActive}
            chosen={nothing}
            comparison={null}
            onChoose={setActive}
            onDragStart={(id, data) => data.setData('text/plain', `/${tree.path(id)}`)}
            onDragEnd={() => undefined}
            onMenu={() => undefined}
            onToggle={(id, opened) => {
              const next = new Set(open)
              if (opened) next.add(id)
              else next.delete(id)
              setOpen(next)
            }}
            onOpen={setViewed}
            hueOf={() => undefined}
            onSort={setSort}
          />
        )}
        {active !== null && (
          <footer className="files-path">
            <span className="code">
              <bdi>
                <SafeText text={`/${tree.path(active)}`} />
              </bdi>
            </span>
          </footer>
        )}
      </div>
      {viewed !== null && (
        <FileViewer
          key={viewed}
          host={host}
          reference={listing.reference}
          path={tree.path(viewed)}
          file={tree.row(viewed)}
          onClose={() => setViewed(null)}
        />
      )}
    </div>
  )
}
