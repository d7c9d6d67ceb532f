import { formatDuration } from '../ui/quantities.ts'

/** `2.4 s slower`, `0.3 s faster`. */
export function formatDifference(milliseconds: number): string {
  return `${formatDuration(Math.abs(milliseconds))} ${milliseconds > 0 ? 'slower' : 'faster'}`
}

const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })

/** When a build of the past began. */
export function formatMoment(began: number): string {
  return moments.format(began)
}

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** The same in short. Of a time without its day people take it that it was today. */
export function formatTime(began: number): string {
  const isToday = new Date(began).toDateString() === new Date().toDateString()
  return isToday ? clock.format(began) : formatMoment(began)
}
