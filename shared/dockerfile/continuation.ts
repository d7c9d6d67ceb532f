import { skipSpaces } from './characters.ts'
import { lineEnd, nextLine } from './lines.ts'
import { packed } from '../packed.ts'
import { joinedPieces, onePiece, type LogicalText, type Seam } from './logical-text.ts'
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
  /** What is left of its physical lines, put together, is so long, and meets at these seams. */
  readonly length: number
  readonly seams: readonly Seam[]
  readonly embedded: readonly Trivia[]
  /** How many physical lines it has. */
  readonly lines: number
  /** End of the last one, and start of the line after it. */
  readonly end: number
  readonly next: number
  /** Whether the text ended before it did. */
  readonly isOpen: boolean
}

/**
 * Follows the line whose content is `from`–`firstEnd` to those it continues on; null where it does not go on. Offsets of
 * the raw text count from `origin`.
 */
export function readContinuedLine(
  text: string,
  origin: number,
  from: number,
  firstEnd: number,
  firstNext: number,
  escapeCode: number,
): ContinuedLine | null {
  let token = continuationToken(text, from, firstEnd, escapeCode)
  if (token < 0) return null
  const seams: Seam[] = []
  let length = token - from
  const embedded: Trivia[] = []
  let end = firstEnd
  let next = firstNext
  let lines = 1
  while (token >= 0 && next < text.length) {
    lines++
    const start = next
    next = nextLine(text, start)
    end = lineEnd(text, start, next)
    const content = skipSpaces(text, start, end)
    if (content === end) embedded.push({ kind: 'blank', range: { from: start - origin, to: next - origin } })
    else if (text.charCodeAt(content) === hash)
      embedded.push({ kind: 'comment', range: { from: content - origin, to: end - origin } })
    else {
      token = continuationToken(text, start, end, escapeCode)
      seams.push({ at: length, from: start - origin })
      length += (token < 0 ? end : token) - start
    }
  }
  return { length, seams: packed(seams), embedded: packed(embedded), lines, end, next, isOpen: token >= 0 }
}

/** A command as one line, by where its first line begins and its last one ends. */
export function joinedCommand(text: string, from: number, to: number, continued: ContinuedLine | null): LogicalText {
  return continued === null ? onePiece(text, from, to) : joinedPieces(text, from, continued.seams, continued.length)
}
