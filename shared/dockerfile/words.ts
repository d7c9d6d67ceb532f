import type { TextRange } from '../text/text-edit.ts'
import { endOfWord, isBlank, isSpace } from './characters.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import type { Word } from './syntax.ts'

/** What stands between two offsets of a command. A file has thousands: what it says and where it lies is told when asked. */
export class ReadWord implements Word {
  readonly command: LogicalText
  readonly from: number
  readonly to: number

  constructor(command: LogicalText, from: number, to: number) {
    this.command = command
    this.from = from
    this.to = to
  }

  get text(): string {
    return this.command.text.slice(this.from, this.to)
  }

  get range(): TextRange {
    return rawRange(this.command, this.from, this.to)
  }
}

/** An escape token at the very end of a line stands for nothing and is dropped. */
class WordBeforeEscape extends ReadWord {
  override get text(): string {
    return this.command.text.slice(this.from, this.to - 1)
  }
}

/** What of a word begins at `from`. */
export function restOfWord(word: ReadWord, from: number): ReadWord {
  const { command, to } = word
  return word instanceof WordBeforeEscape ? new WordBeforeEscape(command, from, to) : new ReadWord(command, from, to)
}

/** Words parted by blanks; quotes mean nothing here. */
export function blankSeparatedWords(command: LogicalText, from: number, to: number): readonly ReadWord[] {
  const { text } = command
  const words = new Array<ReadWord>(countWords(text, from, to))
  let position = from
  for (let index = 0; index < words.length; index++) {
    while (isBlank(text.charCodeAt(position))) position++
    const end = endOfWord(text, position, to)
    words[index] = new ReadWord(command, position, end)
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
export function quotedWords(command: LogicalText, from: number, to: number, escape: string): readonly ReadWord[] {
  const { text } = command
  const escapeCode = escape.charCodeAt(0)
  const words: ReadWord[] = []
  for (let position = from; position < to; position++) {
    if (isSpace(text.charCodeAt(position))) continue
    const end = endOfQuotedWord(text, position, to, escapeCode)
    if (end <= to) words.push(new ReadWord(command, position, end))
    else if (position + 1 < to) words.push(new WordBeforeEscape(command, position, to))
    position = end
  }
  return words
}

/** Beyond `to` where the word ends with an escape token that has nothing to escape. */
function endOfQuotedWord(text: string, from: number, to: number, escapeCode: number): number {
  let quote = 0
  let position = from
  for (; position < to; position++) {
    const code = text.charCodeAt(position)
    if (quote === 0 && isSpace(code)) break
    if (code === escapeCode && quote !== singleQuote) position++
    else if (quote === 0 && (code === singleQuote || code === doubleQuote)) quote = code
    else if (code === quote) quote = 0
  }
  return position
}

const singleQuote = 0x27
const doubleQuote = 0x22
