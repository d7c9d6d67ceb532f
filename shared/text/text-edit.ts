/**
 * A half-open span of the raw document text. Offsets are UTF-16 code units, exactly as in a JavaScript string and in
 * CodeMirror; the byte order mark and carriage returns are characters like any other.
 */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** One replacement in the raw text. By structure a CodeMirror `ChangeSpec`, which `shared/` must never import. */
export interface TextEdit extends TextRange {
  readonly insert: string
}

/** Maps an offset of the text before a change to the text after it; `side` says which way to lean at an insertion. */
export type MapOffset = (offset: number, side?: -1 | 1) => number

/**
 * Applies edits whose offsets all refer to `text` as given.
 * @throws RangeError when two edits overlap or one lies outside the text: that is a bug in a gesture, never user input.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let position = 0
  for (const edit of inOrder(edits)) {
    if (edit.from < position || edit.to < edit.from || edit.to > text.length)
      throw new RangeError(`Edit ${edit.from}-${edit.to} overlaps another or lies outside the text (${text.length}).`)
    result += text.slice(position, edit.from) + edit.insert
    position = edit.to
  }
  return result + text.slice(position)
}

/** The edits that undo `edits`: applied to `applyEdits(text, edits)` they give `text` back, byte for byte. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0
  return inOrder(edits).map(edit => {
    const from = edit.from + shift
    shift += edit.insert.length - (edit.to - edit.from)
    return { from, to: from + edit.insert.length, insert: text.slice(edit.from, edit.to) }
  })
}

/** The offset map that `edits` bring about. Inside a replaced span, offsets go to its start or (side 1) its end. */
export function mapThrough(edits: readonly TextEdit[]): MapOffset {
  const ordered = inOrder(edits)
  return (offset, side = -1) => {
    let shift = 0
    for (const edit of ordered) {
      if (offset < edit.from || (offset === edit.from && offset === edit.to && side < 0)) break
      if (offset < edit.to || (offset === edit.to && edit.from === edit.to))
        return edit.from + shift + (side > 0 || offset === edit.to ? edit.insert.length : 0)
      shift += edit.insert.length - (edit.to - edit.from)
    }
    return offset + shift
  }
}

export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to)
}
