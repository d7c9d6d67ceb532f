import { formatDuration } from '../ui/quantities.ts'

/** `2.4 s slower`, `0.3 s faster`. */
export function formatDifference(milliseconds: number): string {
  return `${formatDuration(Math.abs(milliseconds))} ${milliseconds > 0 ? 'slower' : 'faster'}`
}
