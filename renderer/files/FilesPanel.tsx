import { FolderTree, LayoutDashboard, Search } from 'lucide-react'
import { useState } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import type { TreeComparison } from '../../shared/files/compare-trees.ts'
import { rootId } from '../../shared/files/file-tree.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'
import type { Surroundings } from '../../shared/surroundings.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import '../ui/panel-empty.css'
import { formatBytes, formatCount, formatDifference } from '../ui/quantities.ts'
import type { BuildView } from '../builds/build-store.ts'
import type { ExpectedFiles } from './expected-files.ts'
import { CompareFields } from './CompareFields.tsx'
import { wholeStage } from './compare-choices.ts'
import { fileStoreOf, type FileListing, type FileStore } from './file-store.ts'
import { FileBrowser } from './FileBrowser.tsx'
import './files.css'
import { useCompared } from './use-compared.ts'

export interface FilesPanelProps {
  readonly host: HostApi
  /** The build that the host holds; null where there is none. */
  readonly build: string | null
  /** The stages of that build that can be looked into. */
  readonly stages: readonly Stage[]
  /** The build before it, of which listings may be left. */
  readonly before: BuildView['heldBefore']
  /** 0-based; null for the last of `stages`. */
  readonly stageIndex: number | null
  readonly onStageIndex: (stageIndex: number) => void
  /** The text that was built, with the listings at hand; null where there is none. */
  readonly analysis: Analysis | null
  /** What is expected of the files of each stage. */
  readonly expected: Surroundings['expected']
  readonly expectedFiles: ExpectedFiles
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

function StageFiles({ host, build, stages, stage, onStageIndex, before, ...rest }: StageFilesProps) {
  const store = fileStoreOf(host)
  const [query, setQuery] = useState('')
  const [choice, setChoice] = useState(wholeStage)
  const [hasMap, setHasMap] = useState(false)
  const [changedOnly, setChangedOnly] = useState(true)
  const { listing, comparison, against, problem } = useCompared(store, { build, stages, stage, before, choice })

  return (
    <div className="files-panel">
      <header className="files-tools">
        <span className="files-hue" style={{ background: stageHue(stage) }} aria-hidden />
        <select
          className="field"
          aria-label="Stage"
          value={stage.index}
          onChange={event => {
            setChoice(wholeStage)
            onStageIndex(Number(event.target.value))
          }}
        >
          {stages.map(other => (
            <option key={other.index} value={other.index}>
              {stageTitle(other)}
            </option>
          ))}
        </select>
        <CompareFields {...{ store, build, stages, stage, before, choice }} onChoice={setChoice} />
        {comparison !== null && (
          <Button variant="quiet" aria-pressed={changedOnly} onClick={() => setChangedOnly(!changedOnly)}>
            Changed only
          </Button>
        )}
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
        <IconButton icon={LayoutDashboard} label="Map of files" pressed={hasMap} onClick={() => setHasMap(!hasMap)} />
        {problem !== null ? (
          <span className="problem files-totals" role="alert">
            {problem}
          </span>
        ) : comparison !== null ? (
          <Differences comparison={comparison} />
        ) : (
          listing !== null && <Totals listing={listing} />
        )}
      </header>
      {listing?.phase === 'failed' ? (
        <Failure message={listing.message ?? ''} store={store} />
      ) : (
        listing !== null && (
          <FileBrowser
            key={JSON.stringify([listing.reference, comparison === null ? null : choice.against])}
            {...rest}
            {...{ host, listing, query, stage, comparison, against, hasMap }}
            changedOnly={comparison !== null && changedOnly}
          />
        )
      )}
    </div>
  )
}

function Differences({ comparison: { counts, difference } }: { readonly comparison: TreeComparison }) {
  const words = [
    ...(counts.added > 0 ? [`${counts.added} added`] : []),
    ...(counts.removed > 0 ? [`${counts.removed} removed`] : []),
    ...(counts.changed > 0 ? [`${counts.changed} changed`] : []),
    ...(counts.touched > 0 ? [`${counts.touched} of the same size with another time`] : []),
  ]
  return (
    <span className="files-totals" role="status">
      {words.length === 0 ? 'No difference' : `${words.join(', ')}: ${formatDifference(difference(rootId))}`}
    </span>
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
