import { useEffect, useState } from 'react'
import {
  Ban,
  Check,
  CircleAlert,
  CircleDashed,
  CircleX,
  Info,
  ListChecks,
  ListX,
  LoaderCircle,
  TriangleAlert,
  Zap,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { markWords, type BuildMark } from '../../shared/builds/build-marks.ts'
import {
  expectedWords,
  type DiagnosticCount,
  type ExpectedCount,
  type StageContent,
} from '../../shared/drawing/card-model.ts'
import type { StageWeight } from '../../shared/files/artifacts.ts'
import { formatBytes, formatCount } from '../../shared/quantities.ts'
import { useCardActions } from './pane-store.ts'

const icons: Record<BuildMark['state'], LucideIcon> = {
  queued: CircleDashed,
  running: LoaderCircle,
  cached: Zap,
  done: Check,
  failed: CircleX,
  cancelled: Ban,
  'not-needed': CircleDashed,
}

export function MarkIcon({ mark }: { mark: BuildMark }) {
  const Icon = icons[mark.state]
  const time = mark.milliseconds === null ? '' : `, ${duration(mark.milliseconds)}`
  return (
    <span className="mark-icon" data-state={mark.state} title={mark.error ?? `${markWords[mark.state]}${time}`}>
      <Icon size={14} aria-label={markWords[mark.state]} />
    </span>
  )
}

/** A card's last line after or during a build: icon, word and time. */
export function MarkWords({ mark, weight, expected, whyNotNeeded }: StageContent) {
  if (mark === null) return null
  return (
    <>
      {mark.state === 'failed' ? (
        <Failed mark={mark} />
      ) : (
        <>
          <MarkIcon mark={mark} />
          <span className="mark-words" title={whyNotNeeded ?? undefined}>
            {markWords[mark.state]}
          </span>
        </>
      )}
      {expected !== null && <ExpectedBadge expected={expected} />}
      {weight !== null && <Weight weight={weight} isShort={mark.state === 'not-needed'} />}
      {mark.state === 'running' && mark.runningSince !== null ? (
        <span className="mark-time">
          <RunningTime since={mark.runningSince} />
        </span>
      ) : (
        mark.milliseconds !== null &&
        mark.state !== 'cached' && <span className="mark-time">{duration(mark.milliseconds)}</span>
      )}
    </>
  )
}

function Failed({ mark }: { mark: BuildMark }) {
  const { showFailure } = useCardActions()
  return (
    <button
      type="button"
      className="mark-failed nodrag"
      title={`${mark.error ?? 'This failed.'} Press to see where, and the end of its log.`}
      tabIndex={-1}
      onClick={event => {
        event.stopPropagation()
        showFailure()
      }}
    >
      <MarkIcon mark={mark} />
      <span className="mark-words">{markWords.failed}</span>
    </button>
  )
}

function ExpectedBadge({ expected }: { expected: ExpectedCount }) {
  const { count, misses } = expected
  const words = expectedWords(expected)
  const Icon = misses.length === 0 ? ListChecks : ListX
  return (
    <span
      className="mark-expected"
      data-amiss={misses.length > 0 || undefined}
      role="img"
      aria-label={words}
      title={[words, ...misses].join('\n')}
    >
      <Icon size={14} aria-hidden />
      {misses.length === 0 ? count : misses.length}
    </span>
  )
}

interface WeightProps {
  readonly weight: StageWeight
  /** Beside a long word there is room for one size. */
  readonly isShort: boolean
}

/** How large the stage is, and how much of it is copied on. */
function Weight({ weight: { files, bytes, shippedBytes, platform }, isShort }: WeightProps) {
  const all = `${formatCount(files, 'file')}, ${formatBytes(bytes)}${platform === undefined ? '' : `, for ${platform}`}`
  const size = `${platform === undefined ? '' : `${platform.replace(/^linux\//, '')} `}${formatBytes(bytes)}`
  if (shippedBytes === null)
    return (
      <span className="mark-weight" title={all}>
        {size}
      </span>
    )
  const shipped = formatBytes(shippedBytes)
  const title = `${all}: ${shipped} of it is copied to other stages, ${formatBytes(bytes - shippedBytes)} stays behind`
  return (
    <span className="mark-weight" title={title}>
      {isShort ? size : `${size} → ${shipped}`}
    </span>
  )
}

function RunningTime({ since }: { since: number }) {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 500)
    return () => window.clearInterval(timer)
  }, [])
  return <>{duration(Math.max(0, now - since))}</>
}

export function DiagnosticBadge({ diagnostics }: { diagnostics: DiagnosticCount }) {
  const { count, worst, message } = diagnostics
  const Icon = worst === 'error' ? CircleAlert : worst === 'warning' ? TriangleAlert : Info
  const more = count > 1 ? ` and ${count - 1} more` : ''
  return (
    <span className="diagnostic-badge" data-worst={worst} title={`${message}${more}`}>
      <Icon size={13} aria-label={count === 1 ? worst : `${count} problems, the worst is of kind ${worst}`} />
      {count}
    </span>
  )
}

/** `0.4 s`, `12.3 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}
