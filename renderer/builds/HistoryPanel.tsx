import { ArrowLeft, GitCompare, History, RotateCcw, Trash2 } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { type HistoryEntry, historyBounds } from '../../shared/builds/build-record.ts'
import { replayBuild } from '../../shared/builds/replay-build.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { formatDuration } from '../ui/quantities.ts'
import '../ui/panel-empty.css'
import './history.css'
import type { PastBuild as Past } from './build-store.ts'
import { formatMoment } from './difference.ts'
import { MarkIcon } from './MarkState.tsx'
import { loadPart } from '../ui/load-part.ts'

const PastBuild = lazy(async () => ({ default: (await loadPart(() => import('./PastBuild.tsx'))).PastBuild }))
const Comparison = lazy(async () => ({ default: (await loadPart(() => import('./Comparison.tsx'))).Comparison }))

interface HistoryPanelProps {
  readonly host: HostApi
  /** The open file; null for the untitled document. */
  readonly path: string | null
  /** Changes whenever a build begins or ends. */
  readonly moment: unknown
  /** The build that the graph shows; null for the list of all. */
  readonly past: Past | null
  readonly onPast: (past: Past | null) => void
  readonly onRunAgain: (build: BuildState) => void
  readonly onProblem: (sentence: string) => void
}

interface Compared {
  readonly before: BuildState
  readonly after: BuildState
}

/** The builds of this file that have ended: to look at again, to compare, to repeat, to forget. */
export function HistoryPanel({ host, path, moment, past, onPast, onRunAgain, onProblem }: HistoryPanelProps) {
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([])
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [compared, setCompared] = useState<Compared | null>(null)

  const attempt = useCallback(
    (work: Promise<void>) => {
      work.catch((error: unknown) => onProblem(error instanceof Error ? error.message : String(error)))
    },
    [onProblem],
  )
  const [deletions, setDeletions] = useState(0)
  useEffect(() => {
    const listing = host.call('history.list', { path }).then(listed => {
      setEntries(listed.entries)
      setChosen(before => before.filter(id => listed.entries.some(entry => entry.id === id)))
    })
    attempt(listing)
  }, [attempt, host, path, moment, deletions])

  const read = async (id: string) => replayBuild(await host.call('history.read', { path, id }))
  const open = async ({ id, began }: HistoryEntry) =>
    onPast({ build: await read(id), began, selection: nothingSelected })
  const runAgain = async (id: string) => onRunAgain(await read(id))
  const forget = async (id: string | null) => {
    await host.call('history.remove', { path, id })
    setDeletions(deletions + 1)
  }
  const compare = async () => {
    const [after, before] = entries.filter(({ id }) => chosen.includes(id))
    if (before === undefined || after === undefined) return
    setCompared({ before: await read(before.id), after: await read(after.id) })
  }

  if (past !== null || compared !== null)
    return (
      <div className="history">
        <header className="history-head">
          <Button
            icon={ArrowLeft}
            variant="quiet"
            onClick={() => {
              onPast(null)
              setCompared(null)
            }}
          >
            All builds
          </Button>
        </header>
        <Suspense>
          {past !== null ? (
            <PastBuild
              host={host}
              past={past}
              onSelect={selection => onPast({ ...past, selection })}
              onRunAgain={() => onRunAgain(past.build)}
            />
          ) : (
            compared !== null && <Comparison {...compared} />
          )}
        </Suspense>
      </div>
    )
  if (entries.length === 0)
    return (
      <div className="panel-empty">
        <History size={24} aria-hidden />
        <p className="panel-empty-title">No build of this file has ended yet</p>
        <p>Each build is kept here with its text, times and log, to look at again and to compare.</p>
      </div>
    )
  return (
    <div className="history">
      <header className="history-head">
        <Button icon={GitCompare} disabled={chosen.length !== 2} onClick={() => attempt(compare())}>
          Compare two
        </Button>
        <span className="history-bound">The last {historyBounds.builds} builds of a file are kept.</span>
        <Button icon={Trash2} variant="quiet" onClick={() => attempt(forget(null))}>
          Delete all
        </Button>
      </header>
      <ul className="history-list" aria-label="Builds of this file">
        {entries.map(entry => (
          <li key={entry.id} className="history-row">
            <input
              type="checkbox"
              aria-label={`Choose the build of ${formatMoment(entry.began)} to compare`}
              checked={chosen.includes(entry.id)}
              onChange={event =>
                setChosen(event.target.checked ? [...chosen, entry.id].slice(-2) : chosen.filter(id => id !== entry.id))
              }
            />
            <MarkIcon mark={{ state: states[entry.phase], runningSince: null, milliseconds: null, error: null }} />
            <button type="button" className="history-open" onClick={() => attempt(open(entry))}>
              <span className="history-target">{entry.target}</span>
              <span className="history-when">{formatMoment(entry.began)}</span>
              <span className="history-time">{formatDuration(entry.milliseconds)}</span>
              <span className="history-words">
                {entry.message ?? [`${entry.cached} of ${entry.steps} cached`, ...entry.tags].join(' · ')}
              </span>
            </button>
            <IconButton
              icon={RotateCcw}
              label={`Run the build of ${formatMoment(entry.began)} again`}
              onClick={() => attempt(runAgain(entry.id))}
            />
            <IconButton
              icon={Trash2}
              label={`Delete the build of ${formatMoment(entry.began)}`}
              onClick={() => attempt(forget(entry.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const states = { succeeded: 'done', failed: 'failed', cancelled: 'cancelled' } as const
