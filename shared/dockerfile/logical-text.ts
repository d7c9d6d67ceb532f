import type { TextRange } from '../text/text-edit.ts'

/**
 * The text of an instruction as BuildKit reads it: one line, without continuations and embedded comments. It is made of
 * pieces of the raw text, in order, so that every offset has its place there.
 */
export interface LogicalText {
  readonly text: string
  /** Where it starts in the raw text. */
  readonly from: number
  /** Where the pieces meet; most instructions are one. */
  readonly seams: readonly Seam[]
}

export interface Seam {
  /** Where the piece behind the seam starts in the logical text. */
  readonly at: number
  /** … and in the raw text. */
  readonly from: number
}

const none: readonly Seam[] = []

/** What lies between two offsets of the raw text, as one piece. */
export function onePiece(raw: string, from: number, to: number): LogicalText {
  return { text: raw.slice(from, to), from, seams: none }
}

/** The pieces that begin at `from` and behind each seam; `length` is what they come to. */
export function joinedPieces(raw: string, from: number, seams: readonly Seam[], length: number): LogicalText {
  const pieces = [raw.slice(from, from + (seams[0]?.at ?? length))]
  seams.forEach((seam, index) => {
    pieces.push(raw.slice(seam.from, seam.from + (seams[index + 1]?.at ?? length) - seam.at))
  })
  return { text: pieces.join(''), from, seams }
}

/** The raw offset of the character at `offset`; at a seam, that of the character after it. */
function rawOffset(logical: LogicalText, offset: number): number {
  const { from, seams } = logical
  if (seams.length === 0) return from + offset
  const seam = seams[seamsBefore(seams, 'at', offset) - 1]
  return seam === undefined ? from + offset : seam.from + offset - seam.at
}

/** The raw span of a span of logical text; it may contain continuations. An empty one at a seam stays before it. */
export function rawRange(logical: LogicalText, from: number, to: number): TextRange {
  return { from: rawFrom(logical, from, to), to: rawTo(logical, from, to) }
}

function rawFrom(logical: LogicalText, from: number, to: number): number {
  return to > from || from === 0 ? rawOffset(logical, from) : rawOffset(logical, from - 1) + 1
}

function rawTo(logical: LogicalText, from: number, to: number): number {
  return to > from ? rawOffset(logical, to - 1) + 1 : rawFrom(logical, from, to)
}

/** The logical offset of a raw one; what lies in a continuation goes to the seam. */
export function logicalOffset({ text, from, seams }: LogicalText, offset: number): number {
  const count = seamsBefore(seams, 'from', offset)
  const piece = seams[count - 1] ?? { at: 0, from }
  const end = seams[count]?.at ?? text.length
  return Math.min(end, piece.at + Math.max(0, offset - piece.from))
}

/** How many seams lie at `offset` or before it, which counts in the logical text or, by `from`, in the raw one. */
function seamsBefore(seams: readonly Seam[], key: keyof Seam, offset: number): number {
  let low = 0
  let high = seams.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((seams[middle]?.[key] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
