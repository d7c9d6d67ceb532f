import type { TextRange } from '../text/text-edit.ts'

/**
 * The text of an instruction as BuildKit reads it: one line, without continuations and embedded comments. It is made of
 * pieces of the raw text, in order, so that every offset has its place there.
 */
export interface LogicalText {
  readonly text: string
  /** Where each piece starts in `text`; the first is 0. */
  readonly starts: readonly number[]
  /** Where each piece starts in the raw text. */
  readonly offsets: readonly number[]
}

/** Most instructions are one piece. */
const atZero: readonly number[] = [0]

export function logicalText(raw: string, pieces: readonly TextRange[]): LogicalText {
  const first = pieces[0]
  if (first === undefined) return { text: '', starts: atZero, offsets: atZero }
  if (pieces.length === 1) {
    const offsets = first.from === 0 ? atZero : [first.from]
    return { text: raw.slice(first.from, first.to), starts: atZero, offsets }
  }
  let text = ''
  const starts = pieces.map(({ from, to }) => {
    const start = text.length
    text += raw.slice(from, to)
    return start
  })
  return { text, starts, offsets: pieces.map(({ from }) => from) }
}

/** The raw offset of the character at `offset`; at a seam, that of the character after it. */
function rawOffset(logical: LogicalText, offset: number): number {
  const { starts, offsets } = logical
  if (starts.length === 1) return (offsets[0] ?? 0) + offset
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const piece = Math.max(0, low - 1)
  return (offsets[piece] ?? 0) + offset - (starts[piece] ?? 0)
}

/** The raw span of a span of logical text; it may contain continuations. An empty one at a seam stays before it. */
export function rawRange(logical: LogicalText, from: number, to: number): TextRange {
  if (to > from) return { from: rawOffset(logical, from), to: rawOffset(logical, to - 1) + 1 }
  const place = from === 0 ? rawOffset(logical, 0) : rawOffset(logical, from - 1) + 1
  return { from: place, to: place }
}

/** The logical offset of a raw one; what lies in a continuation goes to the seam. */
export function logicalOffset(logical: LogicalText, offset: number): number {
  const { starts, offsets, text } = logical
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const piece = Math.max(0, low - 1)
  const end = starts[piece + 1] ?? text.length
  return Math.min(end, (starts[piece] ?? 0) + Math.max(0, offset - (offsets[piece] ?? 0)))
}
