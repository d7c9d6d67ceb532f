import { useState } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import type { TreeComparison } from '../../shared/files/compare-trees.ts'
import type { FileSystemReference, ImageLayer } from '../../shared/files/file-listing.ts'
import type { FileId } from '../../shared/files/file-tree.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { formatBytes } from '../ui/quantities.ts'
import { extractionOf } from './extraction.ts'
import { ExtractionStrip } from './ExtractionStrip.tsx'
import type { FileListing } from './file-store.ts'
import { FileActions, FileMenu, type FileActs } from './FileActions.tsx'
import { changeHues } from './FileBrowser.tsx'
import { FileMap } from './FileMap.tsx'
import { FileTable } from './FileTable.tsx'
import { FileViewer } from './FileViewer.tsx'
import { useFileRows } from './use-file-rows.ts'

interface ImageTreeProps {
  readonly host: HostApi
  readonly listing: FileListing
  readonly query: string
  /** What the listing shows beside one that it is compared with. */
  readonly comparison: TreeComparison | null
  readonly changedOnly: boolean
  /** What it is compared with. */
  readonly against: FileSystemReference | null
  readonly hasMap: boolean
  /** Shows what one layer brings, counted from 1. */
  readonly onLayer: (layer: number) => void
}

/** The tree of an image or of one of its layers, with what is open in it. */
export function ImageTree(props: ImageTreeProps) {
  const { host, listing, query, comparison, changedOnly, against, hasMap, onLayer } = props
  const { tree, origins, layers } = listing
  const [menu, setMenu] = useState<Point | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
  const { writtenOf, targetsOf, table } = useFileRows({ listing, query, comparison, changedOnly }, null)
  const { active } = table
  const isWhole = comparison === null && listing.reference.stage === 0

  const hueOf = (id: FileId) => {
    if (comparison !== null) return changeHues[comparison.changeOf(id)]
    // With the map, whose legend says what they are.
    const layer = isWhole && hasMap ? origins[id] : undefined
    return layer === undefined || tree.isFolder(id) ? undefined : stageHue({ index: layer })
  }
  const actsOn = (id: FileId): FileActs => ({
    copy: null,
    expect: null,
    extract: () => void extractionOf(host).ask({ ...listing.reference, paths: targetsOf(id) }),
    copyPath: () => void navigator.clipboard.writeText(writtenOf(id)),
  })
  /** Where a file can be read; null where it is gone. */
  const viewedIn = viewed !== null && comparison?.changeOf(viewed) === 'removed' ? against : listing.reference

  return (
    <div className="files-body" data-viewing={viewed === null && !hasMap ? undefined : ''}>
      <div className="files-tree">
        {isWhole && hasMap && <LayerLegend layers={layers} onLayer={onLayer} />}
        {table.rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">
            {tree.count === 0
              ? 'This layer holds no files.'
              : changedOnly && query === ''
                ? 'Every file is the same in both.'
                : 'No name matches.'}
          </p>
        ) : (
          <FileTable
            {...table}
            hueOf={hueOf}
            onDragStart={(id, data) => data.setData('text/plain', writtenOf(id))}
            onDragEnd={() => undefined}
            onMenu={(_, at) => setMenu(at)}
            onOpen={setViewed}
          />
        )}
        <ExtractionStrip host={host} />
        {active !== null && <FileActions path={`/${tree.path(active)}`} acts={actsOn(active)} />}
      </div>
      {menu !== null && active !== null && (
        <FileMenu name={tree.name(active)} at={menu} acts={actsOn(active)} onClose={() => setMenu(null)} />
      )}
      {hasMap && viewed === null && (
        <FileMap tree={tree} version={listing.version} active={active} onActive={table.onActive} hueOf={hueOf} />
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

interface LayerLegendProps {
  readonly layers: readonly ImageLayer[]
  readonly onLayer: (layer: number) => void
}

/** What the colours of the map stand for. */
function LayerLegend({ layers, onLayer }: LayerLegendProps) {
  return (
    <div className="files-origins" role="group" aria-label="What brought the files">
      {layers.map(({ bytes }, index) => (
        <button key={index} type="button" className="files-origin" onClick={() => onLayer(index + 1)}>
          <span className="files-hue" style={{ background: stageHue({ index }) }} aria-hidden />
          Layer {index + 1} <span className="files-origin-weight">{formatBytes(bytes)}</span>
        </button>
      ))}
    </div>
  )
}
