import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { buildOfImage, type FileSystemReference, type ImageLayer } from '../../shared/files/file-listing.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import { formatBytes } from '../ui/quantities.ts'
import { imageStoreOf } from './file-store.ts'
import { FilesFrame } from './FilesFrame.tsx'
import { ImageTree } from './ImageTree.tsx'
import { useComparison } from './use-compared.ts'

interface ImageFilesProps {
  readonly host: HostApi
  readonly image: string
  /** Images and stages to compare with, beside all that the engine holds. */
  readonly images: readonly string[]
  readonly build: string | null
  readonly stages: readonly Stage[]
  /** Chooses among the file systems there are. */
  readonly chooser: ReactNode
}

/** The files of an image in the engine's store: all of it, or what one of its layers brings. */
export function ImageFiles({ host, image, images, build, stages, chooser }: ImageFilesProps) {
  const store = imageStoreOf(host)
  const [layer, setLayer] = useState(0)
  const [against, setAgainst] = useState('')
  const reference = useMemo(() => ({ build: buildOfImage(image), stage: layer }), [image, layer])
  const others = useOthers({ host, image, images, build, stages })
  const chosen = layer === 0 ? (others.get(against) ?? null) : null
  const compared = useComparison(host, store, reference, chosen)
  const { listing, comparison } = compared
  // Told anew with every listing; between two of them the layers are still the same.
  const [layers, setLayers] = useState<readonly ImageLayer[]>([])
  if (listing !== null && listing.layers.length > 0 && listing.layers !== layers) setLayers(listing.layers)

  return (
    <FilesFrame
      {...{ store, compared }}
      fields={
        <>
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
          {layer === 0 && (
            <select
              className="field"
              aria-label="Compare with"
              value={against}
              onChange={event => setAgainst(event.target.value)}
            >
              <option value="">Compared with nothing</option>
              {[...others.keys()].map(name => (
                <option key={name} value={name}>
                  Compared with {name}
                </option>
              ))}
            </select>
          )}
        </>
      }
    >
      {shown => (
        <ImageTree
          key={`${image} ${layer} ${comparison === null ? '' : against}`}
          {...{ host, shown }}
          onLayer={setLayer}
        />
      )}
    </FilesFrame>
  )
}

/** What an image can be compared with, by name. */
function useOthers({ host, image, images, build, stages }: Omit<ImageFilesProps, 'chooser'>) {
  const [held, setHeld] = useState<readonly string[]>([])
  useEffect(() => {
    const asking = new AbortController()
    // Without an answer there is less to compare with; who lists the files hears why.
    host.call('engine.images', {}, asking.signal).then(
      answer => setHeld(answer.images.map(({ reference }) => reference)),
      () => undefined,
    )
    return () => asking.abort()
  }, [host])
  return useMemo(() => {
    const others = new Map<string, FileSystemReference>()
    for (const each of [...images, ...held])
      if (each !== image) others.set(each, { build: buildOfImage(each), stage: 0 })
    if (build !== null)
      for (const stage of stages) others.set(`stage ${stageTitle(stage)}`, { build, stage: stage.index })
    return others
  }, [image, images, held, build, stages])
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
