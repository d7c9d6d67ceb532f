/** White space as Go's `unicode.IsSpace` has it, which differs from JavaScript's: NEL is one, the byte order mark is not. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code < 0x85) return false
  if (code === 0x85 || code === 0xa0) return true
  if (code < 0x1680) return false
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** What parts words on a line; the no-break space does not. */
export function isBlank(code: number): boolean {
  return code <= 0x20 && (code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0a))
}

/** End of the word that starts at `from`, at most `to`. */
export function endOfWord(text: string, from: number, to: number): number {
  let end = from
  while (end < to && !isBlank(text.charCodeAt(end))) end++
  return end
}

/** First offset at or after `from` that is not white space, at most `to`. */
export function skipSpaces(text: string, from: number, to: number): number {
  let position = from
  while (position < to && isSpace(text.charCodeAt(position))) position++
  return position
}

/** End of `text` between `from` and `to` without trailing white space. */
export function trimEnd(text: string, from: number, to: number): number {
  let position = to
  while (position > from && isSpace(text.charCodeAt(position - 1))) position--
  return position
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

export function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}
