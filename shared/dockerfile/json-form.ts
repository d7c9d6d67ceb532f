import { packed } from '../packed.ts'
import type { LogicalText } from './logical-text.ts'
import { ReadWord } from './words.ts'

/** `words`: the JSON form. `text`: anything else, also JSON that is slightly wrong. `not-strings`: an array that BuildKit refuses. */
export type JsonForm =
  | { readonly kind: 'words'; readonly words: readonly ReadWord[] }
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
  const words: ReadWord[] = []
  let position = skipJsonSpace(text, from + 1, to)
  if (text.charCodeAt(position) === closeBracket && position < to) return closed(text, position, to, words)
  while (position < to) {
    if (text.charCodeAt(position) !== quote) return otherArray(text, from, to)
    const end = endOfString(text, position, to)
    if (end < 0) return asText
    if (stringValue(text, position, end) === null) return asText
    words.push(new JsonString(line, position, end))
    position = skipJsonSpace(text, end, to)
    if (position >= to) return asText
    const code = text.charCodeAt(position)
    if (code === closeBracket) return closed(text, position, to, words)
    if (code !== comma) return asText
    position = skipJsonSpace(text, position + 1, to)
  }
  return asText
}

function closed(text: string, bracket: number, to: number, words: readonly ReadWord[]): JsonForm {
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

class JsonString extends ReadWord {
  override get text(): string {
    return stringValue(this.command.text, this.from, this.to) ?? ''
  }
}

/** What the string between quotes says; null where it is no JSON. Most stand there as they are. */
function stringValue(text: string, from: number, to: number): string | null {
  for (let position = from + 1; position < to - 1; position++) {
    const code = text.charCodeAt(position)
    if (code !== backslash && code >= 0x20) continue
    const value = parseJson(text.slice(from, to))
    return typeof value === 'string' ? value : null
  }
  return text.slice(from + 1, to - 1)
}

function skipJsonSpace(text: string, from: number, to: number): number {
  let position = from
  while (position < to && isJsonSpace(text.charCodeAt(position))) position++
  return position
}

function isJsonSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}

/** The value, or undefined where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
