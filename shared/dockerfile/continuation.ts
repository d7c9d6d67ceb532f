import { skipSpaces } from './characters.ts'
import type { PhysicalLines } from './lines.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { Trivia } from './syntax.ts'

const hash = 0x23

/**
 * Where the escape token stands that continues the line `from`–`to`, or -1. Blanks may follow it; the same token before
 * it makes it an ordinary character, however many there are.
 */
function continuationToken(text: string, from: number, to: number, escapeCode: number): number {
  let position = to - 1
  while (position >= from && (text.charCodeAt(position) === 0x20 || text.charCodeAt(position) === 0x09)) position--
  if (position < from || text.charCodeAt(position) !== escapeCode) return -1
  return position > from && text.charCodeAt(position - 1) === escapeCode ? -1 : position
}

export interface ContinuedLine {
  /** What is left of each physical line. */
  readonly pieces: readonly TextRange[]
  readonly embedded: readonly Trivia[]
  /** Index of the last physical line that belongs to it. */
  readonly last: number
}

/** Joins the line at index `first`, whose content starts at `from`, with those it continues on. */
export function readContinuedLine(
  text: string,
  lines: PhysicalLines,
  first: number,
  from: number,
  escapeCode: number,
): ContinuedLine {
  const firstEnd = lines.ends[first] ?? text.length
  let token = continuationToken(text, from, firstEnd, escapeCode)
  if (token < 0) return { pieces: [{ from, to: firstEnd }], embedded: [], last: first }
  const pieces: TextRange[] = [{ from, to: token }]
  const embedded: Trivia[] = []
  let index = first
  while (token >= 0 && index + 1 < lines.starts.length) {
    index++
    const start = lines.starts[index] ?? 0
    const end = lines.ends[index] ?? 0
    const content = skipSpaces(text, start, end)
    if (content === end) embedded.push({ kind: 'blank', range: { from: start, to: lines.nexts[index] ?? end } })
    else if (text.charCodeAt(content) === hash) embedded.push({ kind: 'comment', range: { from: content, to: end } })
    else {
      token = continuationToken(text, start, end, escapeCode)
      pieces.push({ from: start, to: token < 0 ? end : token })
    }
  }
  return { pieces, embedded, last: index }
}
