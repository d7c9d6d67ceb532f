import { formatDuration } from '../ui/quantities.ts'

/** `2.4 s slower`, `0.3 s faster`. */
export function formatDifference(milliseconds: number): string {
  return `${formatDuration(Math.abs(milliseconds))} ${milliseconds > 0 ? 'slower' : 'faster'}`
}

const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

/** When a build of the past began. */
export function formatMoment(began: number): string {
  return moments.format(began)
}
