import { isAsciiLetter, isDigit } from './characters.ts'
import type { Directive } from './syntax.ts'

const hash = 0x23
const equals = 0x3d

/** White space within a directive is ASCII only. */
function isDirectiveSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b)
}

/** What a line says as a directive, known or not; null for any other line. `from` is its first character that is not white space. */
export function readDirective(
  text: string,
  from: number,
  to: number,
): { name: string; from: number; to: number } | null {
  if (from >= to || text.charCodeAt(from) !== hash) return null
  let position = skip(text, from + 1, to)
  const nameStart = position
  if (position >= to || !isAsciiLetter(text.charCodeAt(position))) return null
  while (position < to && (isAsciiLetter(text.charCodeAt(position)) || isDigit(text.charCodeAt(position)))) position++
  const name = text.slice(nameStart, position).toLowerCase()
  position = skip(text, position, to)
  if (position >= to || text.charCodeAt(position) !== equals) return null
  position = skip(text, position + 1, to)
  let end = to
  while (end > position && isDirectiveSpace(text.charCodeAt(end - 1))) end--
  return end > position ? { name, from: position, to: end } : null
}

function skip(text: string, from: number, to: number): number {
  let position = from
  while (position < to && isDirectiveSpace(text.charCodeAt(position))) position++
  return position
}

export function isDirectiveName(name: string): name is Directive['name'] {
  return name === 'escape' || name === 'syntax' || name === 'check'
}
