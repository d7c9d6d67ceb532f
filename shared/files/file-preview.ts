/** Text up to this size is shown whole; of anything larger the first `previewLength` bytes. */
export const wholeTextLength = 512 * 1000
export const previewLength = 256 * 1000
export const hexLength = 4096

/** Pictures up to this size are shown as pictures. */
export const wholePictureLength = 8_000_000
/** What one answer of the host carries at most. */
export const pieceLength = 1 << 20

/** The media type of a picture that every browser draws, by its first bytes or, for SVG, by its root; null for all else. */
export function pictureType(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 512))
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (/^RIFF....WEBP/s.test(start)) return 'image/webp'
  if (/^....ftypavif/s.test(start)) return 'image/avif'
  if (start.startsWith('\0\0\x01\0')) return 'image/x-icon'
  return /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/s.test(start)
    ? 'image/svg+xml'
    : null
}

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
