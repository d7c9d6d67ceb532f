import { FolderOpen, RotateCw, Square } from 'lucide-react'
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { isFolderContext } from '../../shared/builds/build-options.ts'
import { contextUses, wantedEntries, type ContextUse } from '../../shared/files/context-uses.ts'
import { FileTree, rootId } from '../../shared/files/file-tree.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import '../ui/panel-empty.css'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { useContextListing, type ContextListing } from './context-listing.ts'
import { ContextTree, type ContextShown } from './ContextTree.tsx'
import { ContextUses } from './ContextUses.tsx'
import './context.css'
import './files.css'
import { SearchField } from './FilesPanelParts.tsx'

interface ContextPanelProps {
  readonly host: HostApi
  /** Of the Dockerfile; null for one that was never saved. */
  readonly path: string | null
  readonly contextDirectory: string | null
  /** What the build form names beside it: folders and other places by name. */
  readonly namedContexts: Readonly<Record<string, string>>
  readonly analysis: Analysis
  readonly onShowSource: (range: TextRange) => void
}

/** What a build may read of the folders it is given: what is in them, what is left out and why, and what is wanted. */
export function ContextPanel({ path, contextDirectory, namedContexts, ...props }: ContextPanelProps) {
  const [asked, setAsked] = useState('')
  const names = Object.keys(namedContexts)
  const name = names.includes(asked) ? asked : ''
  const location = namedContexts[name]
  if (path === null || contextDirectory === null)
    return (
      <div className="panel-empty">
        <FolderOpen size={24} aria-hidden />
        <p className="panel-empty-title">No build context yet</p>
        <p>Save the Dockerfile first: the folder that it lies in is its build context.</p>
      </div>
    )
  const chooser = names.length > 0 && (
    <select className="field" aria-label="Context" value={name} onChange={({ target: { value } }) => setAsked(value)}>
      <option value="">The build context</option>
      {names.map(each => (
        <option key={each} value={each}>
          {each} = {namedContexts[each]}
        </option>
      ))}
    </select>
  )
  if (location !== undefined && !isFolderContext(location))
    return (
      <div className="files-panel">
        <header className="files-tools">{chooser}</header>
        <div className="panel-empty">
          <FolderOpen size={24} aria-hidden />
          <p className="panel-empty-title">Nothing is sent from this machine</p>
          <p>
            The engine itself takes {name} from {location}.
          </p>
        </div>
      </div>
    )
  const key = JSON.stringify([contextDirectory, name, location])
  return <Context key={key} {...props} {...{ path, contextDirectory, name, chooser }} named={location} />
}

interface ContextProps extends Omit<ContextPanelProps, 'path' | 'contextDirectory' | 'namedContexts'> {
  readonly path: string
  readonly contextDirectory: string
  /** '' for the main one. */
  readonly name: string
  /** Where the one of that name lies. */
  readonly named: string | undefined
  readonly chooser: ReactNode
}

function Context({ host, path, contextDirectory, name, named, chooser, analysis, onShowSource }: ContextProps) {
  const { listing, stop, walkAgain } = useContextListing(host, { path, contextDirectory, named })
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<ContextShown>('everything')
  const [chosen, setChosen] = useState<number | null>(null)
  // What takes from the tree is looked up once it has stopped to grow.
  const settled = useDeferredValue(listing)
  const isWalking = settled?.phase === 'walking'
  const sent = settled?.sent ?? null
  const uses = useMemo(
    () => (sent === null ? [] : contextUses(analysis, isWalking ? new FileTree() : sent, name)),
    [sent, isWalking, analysis, name],
  )
  const use = uses.find((_, index) => index === chosen) ?? null
  const wanted = useMemo(
    () => (sent === null || isWalking ? new Uint8Array() : wantedEntries(sent, uses)),
    [sent, isWalking, uses],
  )
  const { stages, target } = analysis.graph
  const targetStage = stages.find(({ id }) => id === target)
  const targetTitle = targetStage === undefined ? 'the target' : stageTitle(targetStage)

  if (listing?.phase === 'failed')
    return (
      <div className="files-panel">
        {chooser !== false && <header className="files-tools">{chooser}</header>}
        <div className="panel-empty" role="alert">
          <FolderOpen size={24} aria-hidden />
          <p className="panel-empty-title">The build context could not be read</p>
          <p>{listing.message}</p>
          <Button onClick={walkAgain}>Try again</Button>
        </div>
      </div>
    )
  return (
    <div className="files-panel">
      <header className="files-tools">
        {chooser}
        <select
          className="field"
          aria-label="Files shown"
          value={use === null ? shown : 'use'}
          onChange={({ target: { value } }) => {
            setChosen(null)
            setShown(kinds.find(kind => kind === value) ?? 'everything')
          }}
        >
          <option value="everything">Everything in the folder</option>
          <option value="sent">In the context</option>
          <option value="wanted">Wanted by {targetTitle}</option>
          <option value="leftOut">Left out</option>
          {use !== null && <option value="use">Taken by line {use.line}</option>}
        </select>
        <SearchField query={query} onQuery={setQuery} />
        {listing?.phase === 'walking' ? (
          <IconButton icon={Square} label="Stop reading the folder" onClick={stop} />
        ) : (
          <IconButton icon={RotateCw} label="Read the folder again" onClick={walkAgain} />
        )}
        {settled !== null && <Totals listing={settled} wanted={wanted} targetTitle={targetTitle} />}
      </header>
      {settled !== null && (
        <div className="context-body">
          <ContextTree listing={settled} {...{ query, uses, wanted, shown, use }} />
          <ContextUses
            title={name === '' ? 'the build context' : `the context ${name}`}
            uses={uses}
            chosen={chosen}
            isKnown={!isWalking}
            onChoose={index => {
              setChosen(index)
              const range = uses[index ?? -1]?.range
              if (range !== undefined) onShowSource(range)
            }}
          />
        </div>
      )}
    </div>
  )
}

const kinds = ['everything', 'sent', 'wanted', 'leftOut'] as const satisfies readonly ContextShown[]

interface TotalsProps {
  readonly listing: ContextListing
  readonly wanted: Uint8Array
  readonly targetTitle: string
}

function Totals({ listing, wanted, targetTitle }: TotalsProps) {
  const { sent, phase, isWatched, leftOut } = listing
  const asked = useMemo(() => totalOf(sent, wanted), [sent, wanted])
  const whole = `${formatCount(sent.files(rootId), 'file')}, ${formatBytes(sent.size(rootId))}`
  if (phase !== 'complete')
    return (
      <span className="files-totals" role="status">
        {phase === 'walking' ? 'Reading' : 'Stopped'}: {whole} so far
      </span>
    )
  return (
    <span className="files-totals" role="status">
      In the context {whole}. Wanted by {targetTitle} {formatCount(asked.files, 'file')}, {formatBytes(asked.bytes)}.
      {leftOut.size > 0 && ` Left out ${formatCount(leftOut.size, 'entry', 'entries')}.`}
      {!isWatched && ' Too many folders to follow their changes: read the folder again to see them.'}
    </span>
  )
}

function totalOf(tree: FileTree, wanted: Uint8Array): Pick<ContextUse, 'files' | 'bytes'> {
  let files = 0
  let bytes = 0
  for (let id = rootId + 1; id < wanted.length; id++) {
    if (wanted[id] === 0 || tree.isFolder(id)) continue
    files += 1
    bytes += tree.size(id)
  }
  return { files, bytes }
}
