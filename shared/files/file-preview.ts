/** Text up to this size is shown whole; of anything larger the first `previewLength` bytes. */
export const wholeTextLength = 512 * 1000
export const previewLength = 256 * 1000
export const hexLength = 4096

/** A row of the viewer: a line, or a piece of one that is too long to be drawn in one go. */
export interface TextRow {
  readonly text: string
  /** 1-based; null for the further pieces of a line. */
  readonly line: number | null
}

const longestRow = 2_000

/** Lines without their line ends. A line feed at the very end begins no further line. */
export function textRows(text: string): readonly TextRow[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.flatMap((whole, index): readonly TextRow[] => {
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole
    if (line.length <= longestRow) return [{ text: line, line: index + 1 }]
    const rows: TextRow[] = []
    for (let start = 0; start < line.length; start += longestRow)
      rows.push({ text: line.slice(start, start + longestRow), line: start === 0 ? index + 1 : null })
    return rows
  })
}

export interface HexRow {
  readonly offset: string
  readonly bytes: string
  readonly characters: string
}

/** Sixteen bytes a row, as `hexdump -C` writes them. */
export function hexRows(bytes: Uint8Array): readonly HexRow[] {
  const rows: HexRow[] = []
  for (let start = 0; start < Math.min(bytes.length, hexLength); start += 16) {
    const part = Array.from(bytes.subarray(start, Math.min(start + 16, hexLength)))
    const hex = part.map(byte => byte.toString(16).padStart(2, '0'))
    rows.push({
      offset: start.toString(16).padStart(8, '0'),
      bytes: `${hex.slice(0, 8).join(' ').padEnd(23)}  ${hex.slice(8).join(' ').padEnd(23)}`,
      characters: part.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    })
  }
  return rows
}
