import { Route } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { compareBuilds, differences } from '../../shared/builds/compare-builds.ts'
import type { VertexDigest } from '../../shared/builds/build-events.ts'
import { countSteps } from '../../shared/builds/build-outline.ts'
import { hasEnded, type BuildState } from '../../shared/builds/build-state.ts'
import { timeline, type TimelineBar, type TimelineLane } from '../../shared/builds/timeline.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { Button } from '../ui/controls.tsx'
import { formatDuration } from '../ui/quantities.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { formatDifference } from './difference.ts'
import { MarkIcon, markWord } from './MarkState.tsx'
import './waterfall.css'

interface WaterfallProps {
  readonly build: BuildState
  /** The build of the same file before it; null where none is known. */
  readonly before: BuildState | null
  readonly showsCritical: boolean
  readonly onShowCritical: (shows: boolean) => void
  readonly onChoose: (vertex: VertexDigest) => void
}

const rowHeight = 26

/** When each step ran, a lane for each stage, and what the length of the build hung on. */
export function Waterfall({ build, before, showsCritical, onShowCritical, onChoose }: WaterfallProps) {
  const now = useNow(!hasEnded(build.phase))
  const { lanes, end, criticalMilliseconds, critical } = useMemo(() => timeline(build, now), [build, now])
  const changes = useMemo(
    () => (before === null ? new Map<VertexDigest, number>() : differences(compareBuilds(before, build))),
    [before, build],
  )
  const rows = useMemo(
    () => lanes.flatMap(lane => Array.from({ length: lane.rows }, (_, row) => ({ lane, row }))),
    [lanes],
  )
  const { ref, first, end: last } = useRowWindow(rows.length, rowHeight)
  const { cached, total } = countSteps(build)
  const whole = lengthened(before?.milliseconds ?? null, build.milliseconds)
  const scale = Math.max(end, 1)
  return (
    <div className="waterfall">
      <div className="waterfall-summary">
        <span>
          {cached} of {total} cached
        </span>
        {critical.length > 0 && <span>Critical path {formatDuration(criticalMilliseconds)}</span>}
        {whole !== null && <span data-slower={whole > 0}>{formatDifference(whole)} than the build before</span>}
        <Button
          icon={Route}
          aria-pressed={showsCritical}
          disabled={critical.length === 0}
          onClick={() => onShowCritical(!showsCritical)}
        >
          {showsCritical ? 'Hide the critical path on the graph' : 'Show the critical path on the graph'}
        </Button>
      </div>
      <div className="waterfall-axis" aria-hidden>
        {[0, 0.25, 0.5, 0.75].map(part => (
          <span key={part} style={{ left: `${part * 100}%` }}>
            {formatDuration(scale * part)}
          </span>
        ))}
      </div>
      <div ref={ref} className="waterfall-lanes" tabIndex={0} role="group" aria-label="Steps in time, by stage">
        <div style={{ height: rows.length * rowHeight }}>
          <div style={{ transform: `translateY(${first * rowHeight}px)` }}>
            {rows.slice(first, last).map(({ lane, row }) => (
              <div key={`${lane.key} ${row}`} className="waterfall-row" style={{ '--hue': hueOf(lane) } as LaneStyle}>
                <span className="waterfall-title">{row === 0 ? titleOf(lane) : ''}</span>
                <div className="waterfall-track">
                  {lane.bars
                    .filter(bar => bar.row === row)
                    .map(bar => (
                      <Bar
                        key={bar.step.vertex}
                        bar={bar}
                        scale={scale}
                        difference={changes.get(bar.step.vertex) ?? null}
                        onChoose={onChoose}
                      />
                    ))}
                </div>
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

function lengthened(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before
}

type LaneStyle = React.CSSProperties & Record<'--hue', string>

interface BarProps {
  readonly bar: TimelineBar
  readonly scale: number
  readonly difference: number | null
  readonly onChoose: (vertex: VertexDigest) => void
}

function Bar({ bar, scale, difference, onChoose }: BarProps) {
  const { step, state, from, to, critical } = bar
  const mark = { state, runningSince: null, milliseconds: null, error: null }
  const words = [
    step.name,
    state === 'done' ? formatDuration(to - from) : `${markWord(mark)}, ${formatDuration(to - from)}`,
    ...(difference === null ? [] : [`${formatDifference(difference)} than before`]),
    ...(critical ? ['on the critical path'] : []),
  ].join(', ')
  return (
    <button
      type="button"
      className="waterfall-bar"
      data-state={state}
      data-critical={critical || undefined}
      style={{ left: `${(from / scale) * 100}%`, width: `${((to - from) / scale) * 100}%` }}
      title={words}
      aria-label={words}
      onClick={() => onChoose(step.vertex)}
    >
      {state === 'failed' && <MarkIcon mark={mark} />}
      {difference !== null && (
        <span className="waterfall-difference" data-slower={difference > 0} aria-hidden>
          {difference > 0 ? '▲' : '▼'}
        </span>
      )}
    </button>
  )
}

function titleOf({ title }: TimelineLane): string {
  return typeof title === 'string' ? title : stageTitle(title)
}

function hueOf({ title }: TimelineLane): string {
  return typeof title === 'string' ? 'var(--line-strong)' : stageHue(title)
}

/** The monotonic clock, ten times a second while something runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [running])
  return now
}
