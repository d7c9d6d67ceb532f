import { skipSpaces } from './characters.ts'
import type { LogicalWord } from './words.ts'

/** `words`: the JSON form. `text`: anything else, also JSON that is slightly wrong. `not-strings`: an array that BuildKit refuses. */
export type JsonForm =
  | { readonly kind: 'words'; readonly words: readonly LogicalWord[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'not-strings' }

const asText: JsonForm = { kind: 'text' }
const openBracket = 0x5b
const closeBracket = 0x5d
const quote = 0x22
const comma = 0x2c

export function readJsonForm(text: string, from: number, to: number): JsonForm {
  const start = skipSpaces(text, from, to)
  if (start >= to || text.charCodeAt(start) !== openBracket) return asText
  const words: LogicalWord[] = []
  let position = skipJsonSpace(text, start + 1, to)
  if (text.charCodeAt(position) === closeBracket && position < to) return closed(text, position, to, words)
  while (position < to) {
    if (text.charCodeAt(position) !== quote) return otherArray(text, start, to)
    const end = endOfString(text, position, to)
    if (end < 0) return asText
    const value = parseJson(text.slice(position, end))
    if (typeof value !== 'string') return asText
    words.push({ text: value, from: position, to: end })
    position = skipJsonSpace(text, end, to)
    if (position >= to) return asText
    const code = text.charCodeAt(position)
    if (code === closeBracket) return closed(text, position, to, words)
    if (code !== comma) return asText
    position = skipJsonSpace(text, position + 1, to)
  }
  return asText
}

function closed(text: string, bracket: number, to: number, words: readonly LogicalWord[]): JsonForm {
  return skipJsonSpace(text, bracket + 1, to) === to ? { kind: 'words', words } : asText
}

/** An array with a member that is no string: refused where it is JSON, plain text where it is not. */
function otherArray(text: string, start: number, to: number): JsonForm {
  return parseJson(text.slice(start, to)) === undefined ? asText : { kind: 'not-strings' }
}

/** Offset after the closing quote, or -1. */
function endOfString(text: string, from: number, to: number): number {
  for (let position = from + 1; position < to; position++) {
    const code = text.charCodeAt(position)
    if (code === quote) return position + 1
    if (code === 0x5c) position++
  }
  return -1
}

function skipJsonSpace(text: string, from: number, to: number): number {
  let position = from
  while (position < to && ' \t\r\n'.includes(text.charAt(position))) position++
  return position
}

/** The value, or undefined where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
