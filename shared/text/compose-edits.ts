import { inOrder, type TextEdit } from './text-edit.ts'

/** A part of a text: what stood at `from` before, or what was written since. */
interface Piece {
  readonly from: number
  readonly length: number
  /** Null for what is kept. */
  readonly insert: string | null
}

/** The edits that do to a text of that length what `first`, and `second` on the text that `first` leaves, do together. */
export function composeEdits(
  length: number,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const whole: Piece = { from: 0, length, insert: null }
  const pieces = edited(edited([whole], first), second)
  const list: TextEdit[] = []
  let position = 0
  let insert = ''
  for (const piece of [...pieces, { from: length, length: 0, insert: null }]) {
    if (piece.insert !== null) {
      insert += piece.insert
      continue
    }
    if (piece.from > position || insert !== '') list.push({ from: position, to: piece.from, insert })
    insert = ''
    position = piece.from + piece.length
  }
  return list
}

function edited(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = []
  let position = 0
  let at = 0
  let used = 0
  const pass = (to: number, kept: boolean) => {
    for (let piece = pieces[at]; piece !== undefined && position < to; piece = pieces[at]) {
      const length = Math.min(piece.length - used, to - position)
      const insert = piece.insert?.slice(used, used + length) ?? null
      if (kept) result.push({ from: piece.from + used, length, insert })
      position += length
      used += length
      if (used < piece.length) continue
      at += 1
      used = 0
    }
  }
  for (const edit of inOrder(edits)) {
    pass(edit.from, true)
    result.push({ from: 0, length: edit.insert.length, insert: edit.insert })
    pass(edit.to, false)
  }
  pass(Infinity, true)
  return result
}
