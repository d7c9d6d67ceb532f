/**
 * Physical lines. They end at `\n` only; a run of `\r` before it belongs to the line end. A text that ends with a line
 * end has no further, empty line.
 */
export interface PhysicalLines {
  readonly starts: readonly number[]
  /** End of each line's content. */
  readonly ends: readonly number[]
  /** Start of the following line: the content and the line end lie before it. */
  readonly nexts: readonly number[]
  readonly lineEnding: '\n' | '\r\n'
}

const carriageReturn = 0x0d

export function splitLines(text: string): PhysicalLines {
  const starts: number[] = []
  const ends: number[] = []
  const nexts: number[] = []
  let windows = 0
  let position = 0
  while (position < text.length) {
    const feed = text.indexOf('\n', position)
    const next = feed < 0 ? text.length : feed + 1
    let end = feed < 0 ? text.length : feed
    while (end > position && text.charCodeAt(end - 1) === carriageReturn) end--
    if (feed > position && text.charCodeAt(feed - 1) === carriageReturn) windows++
    starts.push(position)
    ends.push(end)
    nexts.push(next)
    position = next
  }
  const feeds = starts.length - (text === '' || text.endsWith('\n') ? 0 : 1)
  return { starts, ends, nexts, lineEnding: windows * 2 > feeds ? '\r\n' : '\n' }
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
