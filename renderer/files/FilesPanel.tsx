import { FolderTree } from 'lucide-react'
import { useState } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'
import type { Surroundings } from '../../shared/surroundings.ts'
import { Button } from '../ui/controls.tsx'
import '../ui/panel-empty.css'
import type { BuildView } from '../builds/build-store.ts'
import type { ExpectedFiles } from './expected-files.ts'
import { CompareFields } from './CompareFields.tsx'
import { wholeStage } from './compare-choices.ts'
import { fileStoreOf } from './file-store.ts'
import { FileBrowser } from './FileBrowser.tsx'
import './files.css'
import { FilesFrame } from './FilesFrame.tsx'
import { ImageFiles } from './ImageFiles.tsx'
import { useCompared } from './use-compared.ts'

export interface FilesPanelProps {
  readonly host: HostApi
  /** The build that the host holds; null where there is none. */
  readonly build: string | null
  /** The stages of that build that can be looked into. */
  readonly stages: readonly Stage[]
  /** What it was for, where that is several platforms. */
  readonly platforms: readonly string[]
  /** The build before it, of which listings may be left. */
  readonly before: BuildView['heldBefore']
  /** 0-based; null for the last of `stages`. */
  readonly stageIndex: number | null
  /** Images that the text begins stages from or takes files from. */
  readonly images: readonly string[]
  /** The image to look into in place of a stage. */
  readonly image: string | null
  /** A stage by its index, or an image by its reference. */
  readonly onShow: (of: number | string) => void
  /** The text that was built, with the listings at hand; null where there is none. */
  readonly analysis: Analysis | null
  /** What is expected of the files of each stage. */
  readonly expected: Surroundings['expected']
  readonly expectedFiles: ExpectedFiles
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

/** The whole file system of any stage of the last build, or of an image, with what is in each file. */
export function FilesPanel({ build, stageIndex, image, ...props }: FilesPanelProps) {
  const { host, stages, images, onShow } = props
  const stage = stages.find(({ index }) => index === stageIndex) ?? stages.at(-1)
  if (image !== null)
    return (
      <ImageFiles
        key={image}
        {...{ host, image, images, build, stages }}
        chooser={<Chooser {...{ stages, images, onShow }} shown={image} />}
      />
    )
  if (build === null || stage === undefined) return <NoFiles images={images} onShow={onShow} />
  return <StageFiles {...props} build={build} stage={stage} />
}

interface ChooserProps extends Pick<FilesPanelProps, 'stages' | 'images' | 'onShow'> {
  readonly shown: number | string
}

/** Every file system there is to look into. */
function Chooser({ stages, images, shown, onShow }: ChooserProps) {
  const all = typeof shown === 'string' && !images.includes(shown) ? [...images, shown] : images
  return (
    <select
      className="field"
      aria-label="Stage"
      value={shown}
      onChange={({ target }) => onShow(all.includes(target.value) ? target.value : Number(target.value))}
    >
      {stages.map(stage => (
        <option key={stage.index} value={stage.index}>
          {stageTitle(stage)}
        </option>
      ))}
      {all.length > 0 && (
        <optgroup label="Images of the engine">
          {all.map(reference => (
            <option key={reference} value={reference}>
              {reference}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  )
}

function NoFiles({ images, onShow }: Pick<FilesPanelProps, 'images' | 'onShow'>) {
  return (
    <div className="panel-empty">
      <FolderTree size={24} aria-hidden />
      <p className="panel-empty-title">No files to look into yet</p>
      <p>
        Build a stage first. The files of every stage that went into it, not only of the last one, can then be browsed
        here.
      </p>
      {images.slice(0, 3).map(image => (
        <Button key={image} onClick={() => onShow(image)}>
          Show files of {image}
        </Button>
      ))}
    </div>
  )
}

interface StageFilesProps extends Omit<FilesPanelProps, 'build' | 'stageIndex' | 'image'> {
  readonly build: string
  readonly stage: Stage
}

function StageFiles({ host, build, stages, platforms, stage, images, onShow, before, ...rest }: StageFilesProps) {
  const store = fileStoreOf(host)
  const [chosen, setChoice] = useState(wholeStage)
  // Another build may not have been for it.
  const platform = platforms.find(each => each === chosen.platform && each !== platforms[0]) ?? null
  const choice = { ...chosen, platform }
  const place = { build, stages, platforms, stage, before, choice }
  const compared = useCompared(host, store, place)
  return (
    <FilesFrame
      {...{ store, compared }}
      fields={
        <>
          <span className="files-hue" style={{ background: stageHue(stage) }} aria-hidden />
          <Chooser
            {...{ stages, images }}
            shown={stage.index}
            onShow={of => {
              setChoice({ ...wholeStage, platform })
              onShow(of)
            }}
          />
          <CompareFields {...place} onChoice={setChoice} />
        </>
      }
    >
      {shown => (
        <FileBrowser
          key={JSON.stringify([shown.listing.reference, shown.comparison === null ? null : choice.against])}
          {...rest}
          {...{ host, shown, stage }}
        />
      )}
    </FilesFrame>
  )
}
