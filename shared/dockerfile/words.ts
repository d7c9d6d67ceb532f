import type { TextRange } from '../text/text-edit.ts'
import { endOfWord, isBlank, isSpace } from './characters.ts'
import { rawFrom, rawTo, type LogicalText } from './logical-text.ts'
import type { Word } from './syntax.ts'

/** A span of logical text. `text` is not always the span: escapes at the very end of a line are dropped. */
export interface LogicalWord {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A file has thousands: where it lies is one object only when asked. */
class ReadWord implements Word {
  readonly text: string
  private readonly from: number
  private readonly to: number

  constructor(text: string, line: LogicalText, from: number, to: number) {
    this.text = text
    this.from = rawFrom(line, from, to)
    this.to = rawTo(line, from, to)
  }

  get range(): TextRange {
    return { from: this.from, to: this.to }
  }
}

/** The word that stands between two offsets of a line. */
export function wordAt(line: LogicalText, from: number, to: number, text = line.text.slice(from, to)): Word {
  return new ReadWord(text, line, from, to)
}

/** Words parted by blanks; quotes mean nothing here. */
export function blankSeparatedWords(line: LogicalText, from: number, to: number): readonly Word[] {
  const { text } = line
  const words = new Array<Word>(countWords(text, from, to))
  let position = from
  for (let index = 0; index < words.length; index++) {
    while (isBlank(text.charCodeAt(position))) position++
    const end = endOfWord(text, position, to)
    words[index] = wordAt(line, position, end)
    position = end
  }
  return words
}

/** A list that grows with its words would be made with room for many more. */
function countWords(text: string, from: number, to: number): number {
  let count = 0
  let isWithin = false
  for (let position = from; position < to; position++) {
    const wasWithin = isWithin
    isWithin = !isBlank(text.charCodeAt(position))
    if (isWithin && !wasWithin) count++
  }
  return count
}

/** Words of ENV, LABEL and ARG: white space within quotes belongs to the word; quotes and escapes are kept. */
export function quotedWords(text: string, from: number, to: number, escape: string): LogicalWord[] {
  const escapeCode = escape.charCodeAt(0)
  const words: LogicalWord[] = []
  let position = from
  while (position < to) {
    if (isSpace(text.charCodeAt(position))) {
      position++
      continue
    }
    const start = position
    const end = endOfQuotedWord(text, position, to, escapeCode)
    position = end.position
    // An escape token that ends the line stands for nothing and is dropped.
    const word = text.slice(start, end.position - (end.danglingEscape ? 1 : 0))
    if (word !== '') words.push({ text: word, from: start, to: end.position })
  }
  return words
}

function endOfQuotedWord(
  text: string,
  from: number,
  to: number,
  escapeCode: number,
): { position: number; danglingEscape: boolean } {
  let quote = 0
  let position = from
  while (position < to) {
    const code = text.charCodeAt(position)
    if (quote === 0 && isSpace(code)) break
    if (code === escapeCode && quote !== singleQuote) {
      if (position + 1 === to) return { position: to, danglingEscape: true }
      position += 2
      continue
    }
    if (quote === 0 && (code === singleQuote || code === doubleQuote)) quote = code
    else if (quote !== 0 && code === quote) quote = 0
    position++
  }
  return { position: Math.min(position, to), danglingEscape: false }
}

const singleQuote = 0x27
const doubleQuote = 0x22
