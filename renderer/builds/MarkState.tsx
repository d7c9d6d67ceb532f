import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX, LoaderCircle, Zap, type LucideIcon } from 'lucide-react'
import type { BuildMark } from '../../shared/builds/build-marks.ts'
import { formatDuration } from '../ui/quantities.ts'
import { Elapsed } from './Elapsed.tsx'

type MarkKind = BuildMark['state'] | 'not-run'

const looks: Readonly<Record<MarkKind, { readonly icon: LucideIcon; readonly word: string }>> = {
  queued: { icon: CircleDashed, word: 'Queued' },
  running: { icon: LoaderCircle, word: 'Running' },
  cached: { icon: Zap, word: 'Cached' },
  done: { icon: CircleCheck, word: 'Done' },
  failed: { icon: CircleX, word: 'Failed' },
  cancelled: { icon: Ban, word: 'Stopped' },
  'not-needed': { icon: CircleMinus, word: 'Not needed' },
  'not-run': { icon: CircleMinus, word: 'Not run' },
}

const kindOf = (mark: BuildMark | null): MarkKind => mark?.state ?? 'not-run'

/** Null is a step that the build ended without. */
export function markWord(mark: BuildMark | null): string {
  return looks[kindOf(mark)].word
}

export function MarkIcon({ mark }: { readonly mark: BuildMark | null }) {
  const kind = kindOf(mark)
  const { icon: Icon, word } = looks[kind]
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
