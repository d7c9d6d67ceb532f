import { ChartNoAxesGantt, Hammer, Square } from 'lucide-react'
import type { BuildMark } from '../../shared/builds/build-marks.ts'
import { countSteps } from '../../shared/builds/build-outline.ts'
import { hasEnded, type BuildPhase, type BuildState } from '../../shared/builds/build-state.ts'
import { requestedStage } from '../../shared/builds/step-places.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { Badge, Button } from '../ui/controls.tsx'
import { formatCount, formatDuration } from '../ui/quantities.ts'
import { formatTime } from './difference.ts'
import { Elapsed } from './Elapsed.tsx'
import { MarkIcon } from './MarkState.tsx'

interface BuildSummaryProps {
  readonly build: BuildState
  /** Whether it was told to stop. */
  readonly stopping: boolean
  /** Whether the editor still holds the text that was built. */
  readonly current: boolean
  /** Null where no engine answers. */
  readonly onBuild: (() => void) | null
  readonly onCancel: () => void
  /** Whether steps are shown in time, not in the order of the text. */
  readonly inTime: boolean
  readonly onInTime: (inTime: boolean) => void
}

/** The one line that says how the build stands. */
export function BuildSummary({ build, stopping, current, onBuild, onCancel, inTime, onInTime }: BuildSummaryProps) {
  const ended = hasEnded(build.phase)
  const when = formatTime(performance.timeOrigin + build.began)
  return (
    <header className="build-summary">
      <MarkIcon mark={phaseMark(build.phase)} />
      <span className="build-sentence" role="status">
        <Sentence build={build} stopping={stopping} />
      </span>
      {build.result?.tags.map(tag => (
        <Badge key={tag} tone="success" title={`Tagged as ${tag}`}>
          {tag}
        </Badge>
      ))}
      {build.warnings.length > 0 && <Badge tone="warning">{formatCount(build.warnings.length, 'warning')}</Badge>}
      {!current && (
        <Badge title="Marks stay only on what still reads the same.">
          The version of {when}; the text changed since
        </Badge>
      )}
      {current && build.began < 0 && (
        <Badge title="From the history. Its files are no longer held: build again to look into them.">
          Built at {when}
        </Badge>
      )}
      <span className="build-actions">
        <Button icon={ChartNoAxesGantt} aria-pressed={inTime} onClick={() => onInTime(!inTime)}>
          Timeline
        </Button>
        {ended ? (
          <Button icon={Hammer} disabled={onBuild === null} onClick={() => onBuild?.()}>
            Build again
          </Button>
        ) : (
          <Button icon={Square} variant="danger" disabled={stopping} onClick={onCancel}>
            {stopping ? 'Stopping' : 'Stop'}
          </Button>
        )}
      </span>
    </header>
  )
}

function Sentence({ build, stopping }: Pick<BuildSummaryProps, 'build' | 'stopping'>) {
  const stage = requestedStage(build.analysis.graph, build.request.target)
  const name = stage === undefined ? 'the file' : stageTitle(stage)
  const took = formatDuration(build.milliseconds ?? 0)
  const { cached, ended, total } = countSteps(build)
  switch (build.phase) {
    case 'starting':
      return <>Asking the engine to build {name}</>
    case 'running':
      return (
        <>
          {stopping ? 'Stopping' : 'Building'} {name}
          {total > 0 && `, ${ended} of ${formatCount(total, 'step')}`}, <Elapsed since={build.began} />
        </>
      )
    case 'succeeded':
      return (
        <>
          Built {name} in {took}
          {total > 0 && `, ${cached} of ${formatCount(total, 'step')} cached`}
        </>
      )
    case 'failed':
      return (
        <>
          Building {name} failed{total > 0 && ` after ${took}`}
        </>
      )
    case 'cancelled':
      return (
        <>
          Stopped building {name} after {took}
        </>
      )
  }
}

function phaseMark(phase: BuildPhase): BuildMark {
  const states: Readonly<Record<BuildPhase, BuildMark['state']>> = {
    starting: 'queued',
    running: 'running',
    succeeded: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  }
  return { state: states[phase], runningSince: null, milliseconds: null, error: null }
}
