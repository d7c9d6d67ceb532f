import { packed } from '../packed.ts'
import type { LogicalText } from './logical-text.ts'
import type { Word } from './syntax.ts'
import { wordAt } from './words.ts'

/** `words`: the JSON form. `text`: anything else, also JSON that is slightly wrong. `not-strings`: an array that BuildKit refuses. */
export type JsonForm =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'not-strings' }

const asText: JsonForm = { kind: 'text' }
const openBracket = 0x5b
const closeBracket = 0x5d
const quote = 0x22
const comma = 0x2c
const backslash = 0x5c

/** `from`–`to` has no white space around it. */
export function readJsonForm(line: LogicalText, from: number, to: number): JsonForm {
  const { text } = line
  if (from >= to || text.charCodeAt(from) !== openBracket) return asText
  const words: Word[] = []
  let position = skipJsonSpace(text, from + 1, to)
  if (text.charCodeAt(position) === closeBracket && position < to) return closed(text, position, to, words)
  while (position < to) {
    if (text.charCodeAt(position) !== quote) return otherArray(text, from, to)
    const end = endOfString(text, position, to)
    if (end < 0) return asText
    const value = stringValue(text, position, end)
    if (typeof value !== 'string') return asText
    words.push(wordAt(line, position, end, value))
    position = skipJsonSpace(text, end, to)
    if (position >= to) return asText
    const code = text.charCodeAt(position)
    if (code === closeBracket) return closed(text, position, to, words)
    if (code !== comma) return asText
    position = skipJsonSpace(text, position + 1, to)
  }
  return asText
}

function closed(text: string, bracket: number, to: number, words: readonly Word[]): JsonForm {
  return skipJsonSpace(text, bracket + 1, to) === to ? { kind: 'words', words: packed(words) } : asText
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
    if (code === backslash) position++
  }
  return -1
}

/** What the string between quotes says; undefined where it is no JSON. Most stand there as they are. */
function stringValue(text: string, from: number, to: number): unknown {
  for (let position = from + 1; position < to - 1; position++) {
    const code = text.charCodeAt(position)
    if (code === backslash || code < 0x20) return parseJson(text.slice(from, to))
  }
  return text.slice(from + 1, to - 1)
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
