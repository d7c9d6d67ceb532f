import { isAsciiLetter, isDigit, skipSpaces } from './characters.ts'
import { lineEnd, nextLine } from './lines.ts'
import type { Directive, SyntaxProblem } from './syntax.ts'

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

/** The lines before anything else, directives all of them. */
export interface Header {
  readonly byteOrderMark: boolean
  readonly escape: '\\' | '`'
  readonly directives: readonly Directive[]
  readonly problems: readonly SyntaxProblem[]
  /** Where the first line begins that is no directive, and how many lines lie before it. */
  readonly to: number
  readonly lines: number
}

export function readHeader(text: string): Header {
  const byteOrderMark = text.charCodeAt(0) === 0xfeff
  const directives: Directive[] = []
  const problems: SyntaxProblem[] = []
  let escape: Header['escape'] = '\\'
  let lines = 0
  let position = byteOrderMark ? 1 : 0
  while (position < text.length) {
    const next = nextLine(text, position)
    const to = lineEnd(text, position, next)
    const from = skipSpaces(text, position, to)
    const found = readDirective(text, from, to)
    if (found === null || !isDirectiveName(found.name)) break
    const { name } = found
    const line = ++lines
    const value = text.slice(found.from, found.to)
    const report = (message: string) => problems.push({ message, line, endLine: line, range: { from, to } })
    if (directives.some(directive => directive.name === name)) report(`only one ${name} parser directive can be used`)
    else {
      directives.push({ name, value, line, range: { from, to }, valueRange: { from: found.from, to: found.to } })
      if (name === 'escape') {
        if (value === '\\' || value === '`') escape = value
        else report(`invalid escape token '${value}' does not match \` or \\`)
      }
    }
    position = next
  }
  return { byteOrderMark, escape, directives, problems, to: position, lines }
}
