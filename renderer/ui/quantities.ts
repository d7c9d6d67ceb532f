import { formatCount } from '../../shared/quantities.ts'

export { formatBytes, formatCount, formatDifference } from '../../shared/quantities.ts'

/** `0.3 s`, `12.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(milliseconds: number): string {
  const tenths = Math.round(Math.max(0, milliseconds) / 100)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  const seconds = Math.round(tenths / 10)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** How long ago: `just now`, `5 minutes ago`, `3 days ago`. */
export function formatAge(milliseconds: number): string {
  const steps = [
    [365 * 86_400_000, 'year'],
    [30 * 86_400_000, 'month'],
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const
  for (const [length, unit] of steps)
    if (milliseconds >= length) return `${formatCount(Math.floor(milliseconds / length), unit)} ago`
  return 'just now'
}
