/** The byte order mark, which BuildKit drops from the first line. Nothing may ever be written before it. */
const byteOrderMark = '\uFEFF'

/** Start of the line that holds `offset`; after the byte order mark on the first line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && text.startsWith(byteOrderMark) ? 1 : start
}

/** End of the line that holds `offset`, before its line break. A lone carriage return is no line break to BuildKit. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  let end = newline < 0 ? text.length : newline
  while (newline >= 0 && end > offset && text[end - 1] === '\r') end -= 1
  return end
}

/** Start of the line after the one that holds `offset`; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** Start of the line before the one that starts at `start`; null on the first line. */
export function previousLine(text: string, start: number): number | null {
  return start === 0 || text[start - 1] !== '\n' ? null : lineStart(text, start - 1)
}

/** The text of the line that holds `offset`, without its line break. */
export function lineText(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset))
}

export function isBlankLine(text: string, offset: number): boolean {
  return lineText(text, offset).trim() === ''
}

export function isCommentLine(text: string, offset: number): boolean {
  return lineText(text, offset).trimStart().startsWith('#')
}

/** The white space before the first other character of the line that holds `offset`. */
export function indentationAt(text: string, offset: number): string {
  const line = lineText(text, offset)
  return line.slice(0, line.length - line.trimStart().length)
}

/** Start of the run of blank lines directly above the line that starts at `start`, and how many there are. */
export function blankLinesAbove(text: string, start: number): { readonly from: number; readonly count: number } {
  let from = start
  let count = 0
  for (;;) {
    const above = previousLine(text, from)
    if (above === null || !isBlankLine(text, above)) return { from, count }
    from = above
    count += 1
  }
}

/** Start of the first line that is not blank, from the line starting at `start` on; the end of the text if there is none. */
export function skipBlankLines(text: string, start: number): number {
  let position = start
  while (position < text.length && isBlankLine(text, position)) position = nextLine(text, position)
  return position
}
