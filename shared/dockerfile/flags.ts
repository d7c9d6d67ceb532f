import type { TextRange } from '../text/text-edit.ts'
import { isSpace, skipSpaces } from './characters.ts'
import { logicalOffset, rawRange, type LogicalText } from './logical-text.ts'
import type { Flag, Instruction } from './syntax.ts'

/** A flag in logical text. */
interface LogicalFlag {
  readonly name: string
  readonly value: string | null
  readonly to: number
  /** Where the value starts, -1 where there is no `=`. */
  readonly valueFrom: number
}

const nothing: readonly never[] = []
const dash = 0x2d
const equals = 0x3d
const backslash = 0x5c
const singleQuote = 0x27
const doubleQuote = 0x22

/**
 * Words that start with `--`, up to the first one that does not or to a bare `--`, which is dropped. Quotes of either
 * kind are removed and may hold blanks; `\` takes the next character as it is. `rest` is where the arguments start.
 * BuildKit goes byte by byte here and garbles what is not ASCII; this reads characters.
 */
export function readFlags(command: LogicalText, from: number, to: number): { flags: readonly Flag[]; rest: number } {
  const { text } = command
  let flags: readonly Flag[] = nothing
  let position = from
  for (;;) {
    position = skipSpaces(text, position, to)
    if (text.charCodeAt(position) !== dash || position + 1 >= to || text.charCodeAt(position + 1) !== dash) break
    const flag = readPlainFlag(text, position, to) ?? readFlag(text, position, to)
    const isEnd = flag.name === '' && flag.value === null
    // Most have one at most; a list that is pushed to would be made with room for many.
    if (!isEnd) flags = [...flags, new ReadFlag(flag, command, position)]
    position = flag.to
    if (isEnd) break
  }
  return { flags, rest: position }
}

/** Where it lies is told when asked. */
class ReadFlag implements Flag {
  readonly name: string
  readonly value: string | null
  private readonly command: LogicalText
  private readonly from: number
  private readonly to: number
  private readonly valueFrom: number

  constructor({ name, value, valueFrom, to }: LogicalFlag, command: LogicalText, from: number) {
    this.name = name
    this.value = value
    this.command = command
    this.from = from
    this.to = to
    this.valueFrom = valueFrom
  }

  get range(): TextRange {
    return rawRange(this.command, this.from, this.to)
  }

  get valueRange(): TextRange | null {
    return this.valueFrom < 0 ? null : rawRange(this.command, this.valueFrom, this.to)
  }
}

/** `--name=value` without the quotes, as BuildKit keeps it. */
export function flagText({ name, value }: Flag): string {
  return value === null ? `--${name}` : `--${name}=${value}`
}

function readFlag(text: string, from: number, to: number, onCharacter?: (position: number) => void): LogicalFlag {
  let quote = 0
  let word = ''
  let valueFrom = -1
  let valueAt = -1
  let position = from
  for (; position < to; position++) {
    let code = text.charCodeAt(position)
    if (quote === 0) {
      if (isSpace(code)) break
      if (code === singleQuote || code === doubleQuote) {
        quote = code
        continue
      }
    } else if (code === quote) {
      quote = 0
      continue
    }
    if (code === backslash) {
      if (position + 1 === to) continue
      position++
      code = text.charCodeAt(position)
    }
    word += text.charAt(position)
    onCharacter?.(position)
    if (code === equals && valueAt < 0) {
      valueAt = word.length
      valueFrom = position + 1
    }
  }
  return {
    name: valueAt < 0 ? word.slice(2) : word.slice(2, valueAt - 1),
    value: valueAt < 0 ? null : word.slice(valueAt),
    to: position,
    valueFrom,
  }
}

/** A flag without quotes and escapes stands in the text as it is; null for any other. */
function readPlainFlag(text: string, from: number, to: number): LogicalFlag | null {
  let valueFrom = -1
  let position = from
  for (; position < to; position++) {
    const code = text.charCodeAt(position)
    if (code === singleQuote || code === doubleQuote || code === backslash) return null
    if (isSpace(code)) break
    if (code === equals && valueFrom < 0) valueFrom = position + 1
  }
  return {
    name: text.slice(from + 2, valueFrom < 0 ? position : valueFrom - 1),
    value: valueFrom < 0 ? null : text.slice(valueFrom, position),
    to: position,
    valueFrom,
  }
}

/** Where a part of a flag's value, given by offsets into `flag.value`, stands in the raw text. */
export function flagValueRange(instruction: Instruction, flag: Flag, from: number, to: number): TextRange {
  const { name, value, range, valueRange } = flag
  // Quotes, escapes and continuations make it longer than it is.
  if (value !== null && valueRange !== null && valueRange.to - valueRange.from === value.length)
    return { from: valueRange.from + from, to: valueRange.from + to }
  const { logical } = instruction
  const positions: number[] = []
  const start = logicalOffset(logical, range.from)
  readFlag(logical.text, start, logical.text.length, position => positions.push(position))
  const valueAt = `--${name}=`.length
  const first = positions[valueAt + from] ?? logicalOffset(logical, range.to)
  const last = positions[valueAt + to - 1]
  return rawRange(logical, first, to > from && last !== undefined ? last + 1 : first)
}
