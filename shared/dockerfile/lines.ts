/*
 * Physical lines. They end at `\n` only; a run of `\r` before it belongs to the line end. A text that ends with a line
 * end has no further, empty line.
 */

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Start of the line after the one that holds `position`; the text's length where there is none. */
export function nextLine(text: string, position: number): number {
  const feed = text.indexOf('\n', position)
  return feed < 0 ? text.length : feed + 1
}

/** End of a line's content, by its start and the start of the next. */
export function lineEnd(text: string, start: number, next: number): number {
  let end = next
  if (end > start && text.charCodeAt(end - 1) === lineFeed) end--
  while (end > start && text.charCodeAt(end - 1) === carriageReturn) end--
  return end
}

/** How many lines begin between `from`, where one does, and `to`. */
export function countLines(text: string, from: number, to: number): number {
  let count = 0
  for (let position = from; position < to; position = nextLine(text, position)) count++
  return count
}

/** Offset at which each line starts. */
export function lineStarts(text: string): readonly number[] {
  const starts: number[] = []
  for (let position = 0; position < text.length; position = nextLine(text, position)) starts.push(position)
  return starts
}

/** What most lines end with. */
export function commonLineEnding(text: string): '\n' | '\r\n' {
  let windows = 0
  let feeds = 0
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
    feeds++
    if (text.charCodeAt(feed - 1) === carriageReturn) windows++
  }
  return windows * 2 > feeds ? '\r\n' : '\n'
}

/** 1-based line that holds `offset`, by the offsets at which lines start. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0
  let high = lineStarts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}
