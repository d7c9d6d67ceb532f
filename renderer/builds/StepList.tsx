import { FolderTree, TriangleAlert } from 'lucide-react'
import { useEffect, useId, type KeyboardEvent } from 'react'
import { transfersOf, type BuildState, type StepTransfer } from '../../shared/builds/build-state.ts'
import type { Stage } from '../../shared/graph/stage-graph.ts'
import { IconButton } from '../ui/controls.tsx'
import { formatBytes } from '../ui/quantities.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import type { BuildRow } from './build-rows.ts'
import { MarkIcon, MarkTime, markWord } from './MarkState.tsx'

interface StepListProps {
  readonly build: BuildState
  readonly rows: readonly BuildRow[]
  /** Key of the row whose log is shown; null where there is none. */
  readonly chosen: string | null
  readonly onChoose: (row: BuildRow) => void
  /** Stages whose files can be looked at. */
  readonly files: readonly Stage[]
  readonly onShowFiles: (stageIndex: number) => void
}

const rowHeight = 26

/** Stage by stage what the engine does. One stop for the Tab key; arrows move, as in any tree. */
export function StepList({ build, rows, chosen, onChoose, files, onShowFiles }: StepListProps) {
  const list = useId()
  const { ref, element, first, end, reveal } = useRowWindow(rows.length, rowHeight)
  const position = rows.findIndex(row => row.key === chosen)

  // Also where the choice was made elsewhere: on the canvas, in the text, by a failure.
  useEffect(() => {
    if (position >= 0) reveal(position)
  }, [position, reveal])

  // A build that went well is read from its beginning.
  const succeeded = build.phase === 'succeeded'
  useEffect(() => {
    if (succeeded) element?.scrollTo({ top: 0 })
  }, [succeeded, element])

  const move = (event: KeyboardEvent) => {
    const next = moved(event.key, position, rows.length)
    if (next === null) return
    event.preventDefault()
    const row = rows[next]
    if (row === undefined) return
    onChoose(row)
  }

  return (
    <div
      ref={ref}
      className="step-list"
      role="tree"
      aria-label="Steps by stage"
      aria-activedescendant={position >= first && position < end ? `${list}-${position}` : undefined}
      tabIndex={0}
      onKeyDown={move}
    >
      <div className="step-canvas" style={{ height: rows.length * rowHeight }}>
        <div style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {rows.slice(first, end).map((row, index) => (
            <div
              key={row.key}
              id={`${list}-${first + index}`}
              className="step-row"
              role="treeitem"
              aria-level={row.kind === 'group' ? 1 : 2}
              aria-selected={row.key === chosen}
              data-kind={row.kind}
              style={hueOf(row)}
              onClick={() => onChoose(row)}
            >
              <RowContent build={build} row={row} files={files} onShowFiles={onShowFiles} />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function moved(key: string, position: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, position + 1)
    case 'ArrowUp':
      return Math.max(0, position - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function hueOf(row: BuildRow): Readonly<Record<string, string>> {
  const stage = row.kind === 'warning' ? null : row.stage
  return { '--hue': stage === null ? 'var(--line-strong)' : stageHue(stage) }
}

type RowContentProps = Pick<StepListProps, 'build' | 'files' | 'onShowFiles'> & { readonly row: BuildRow }

function RowContent({ build, row, files, onShowFiles }: RowContentProps) {
  switch (row.kind) {
    case 'group':
      return (
        <>
          {row.key === 'Warnings' ? (
            <TriangleAlert className="warning-icon" size={16} aria-hidden />
          ) : (
            <MarkIcon mark={row.mark} />
          )}
          <span className="step-title" data-unnamed={row.stage?.writtenName === null ? '' : undefined}>
            {row.title}
          </span>
          {files.some(({ index }) => index === row.stage?.index) && (
            <IconButton
              icon={FolderTree}
              label={`Show the files of ${row.title}`}
              onClick={event => {
                event.stopPropagation()
                if (row.stage !== null) onShowFiles(row.stage.index)
              }}
            />
          )}
          {row.key !== 'Warnings' && <span className="step-word">{markWord(row.mark)}</span>}
          <span className="step-time">
            <MarkTime mark={row.mark} />
          </span>
        </>
      )
    case 'step':
      return (
        <>
          <MarkIcon mark={row.mark} />
          {row.keyword !== '' && <span className="step-keyword">{row.keyword}</span>}
          <span className="step-gist" title={row.gist}>
            {row.gist}
          </span>
          {row.platform !== '' && <span className="step-word">{row.platform}</span>}
          <Transfer transfers={transfersOf(build, row.step.vertex)} />
          <span className="step-time">
            {row.mark?.state === 'cached' ? <span className="step-word">Cached</span> : <MarkTime mark={row.mark} />}
          </span>
        </>
      )
    case 'warning':
      return (
        <span className="step-gist" title={`${row.warning.rule}: ${row.warning.message}`}>
          {row.warning.message}
        </span>
      )
  }
}

/** Bytes moved so far, of how many where that is known; nothing for what moves none. */
function Transfer({ transfers }: { readonly transfers: readonly StepTransfer[] }) {
  let current = 0
  let total = 0
  for (const transfer of transfers) {
    current += transfer.current
    total += transfer.total
  }
  if (current === 0) return null
  const done = transfers.every(({ completed }) => completed)
  const known = !done && total > current
  return (
    <span className="step-bytes">
      {known && <progress max={total} value={current} aria-label="Moved" />}
      {known ? `${formatBytes(current)} of ${formatBytes(total)}` : formatBytes(current)}
    </span>
  )
}
