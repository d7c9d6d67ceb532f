import type { HostApi } from '../../shared/bridge/contract.ts'
import { hueByOrder } from '../../shared/drawing/stage-hue.ts'
import type { ImageLayer } from '../../shared/files/file-listing.ts'
import type { FileId } from '../../shared/files/file-tree.ts'
import { formatBytes } from '../ui/quantities.ts'
import { FilesBody } from './FilesBody.tsx'
import { useFileRows, type ShownFiles } from './use-file-rows.ts'

interface ImageTreeProps {
  readonly host: HostApi
  readonly shown: ShownFiles
  /** Shows what one layer brings, counted from 1. */
  readonly onLayer: (layer: number) => void
}

/** The tree of an image or of one of its layers, with what is open in it. */
export function ImageTree({ host, shown, onLayer }: ImageTreeProps) {
  const { tree, origins, layers, reference } = shown.listing
  const files = useFileRows(shown, null)
  // With the map, whose legend says what the colours are.
  const isMapped = shown.comparison === null && reference.stage === 0 && shown.hasMap
  const hueOf = (id: FileId) => {
    const layer = isMapped ? origins[id] : undefined
    return layer === undefined || tree.isFolder(id) ? undefined : hueByOrder(layer)
  }
  return (
    <FilesBody {...{ host, shown, files, hueOf }} nothing="This layer holds no files.">
      {isMapped && <LayerLegend layers={layers} onLayer={onLayer} />}
    </FilesBody>
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
          <span className="files-hue" style={{ background: hueByOrder(index) }} aria-hidden />
          Layer {index + 1} <span className="files-origin-weight">{formatBytes(bytes)}</span>
        </button>
      ))}
    </div>
  )
}
