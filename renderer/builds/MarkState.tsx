import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX, LoaderCircle, Zap, type LucideIcon } from 'lucide-react'
import { markWords, type BuildMark } from '../../shared/builds/build-marks.ts'
import { formatDuration } from '../ui/quantities.ts'
import { Elapsed } from './Elapsed.tsx'

type MarkKind = BuildMark['state'] | 'not-run'

const icons: Readonly<Record<MarkKind, LucideIcon>> = {
  queued: CircleDashed,
  running: LoaderCircle,
  cached: Zap,
  done: CircleCheck,
  failed: CircleX,
  cancelled: Ban,
  'not-needed': CircleMinus,
  'not-run': CircleMinus,
}

const kindOf = (mark: BuildMark | null): MarkKind => mark?.state ?? 'not-run'

/** Null is a step that the build ended without. */
export function markWord(mark: BuildMark | null): string {
  return mark === null ? 'Not run' : markWords[mark.state]
}

export function MarkIcon({ mark }: { readonly mark: BuildMark | null }) {
  const kind = kindOf(mark)
  const Icon = icons[kind]
  const word = markWord(mark)
  return (
    <span className="mark-icon" data-state={kind} role="img" aria-label={word} title={word}>
      <Icon size={16} aria-hidden />
    </span>
  )
}

/** How long it took or has been taking; nothing for what came from the cache or never ran. */
export function MarkTime({ mark }: { readonly mark: BuildMark | null }) {
  if (mark === null) return null
  if (mark.runningSince !== null) return <Elapsed since={mark.runningSince} />
  const ended = mark.state === 'done' || mark.state === 'failed' || mark.state === 'cancelled'
  return ended && mark.milliseconds !== null ? <>{formatDuration(mark.milliseconds)}</> : null
}
