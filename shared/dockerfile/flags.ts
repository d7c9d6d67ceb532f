import type { TextRange } from '../text/text-edit.ts'
import { isSpace } from './characters.ts'
import { logicalOffset, rawRange } from './logical-text.ts'
import type { Flag, Instruction } from './syntax.ts'

/** A flag in logical text. */
export interface LogicalFlag {
  readonly text: string
  readonly name: string
  readonly value: string | null
  readonly from: number
  readonly to: number
  /** Where the value starts, -1 where there is no `=`. */
  readonly valueFrom: number
}

const dash = 0x2d
const equals = 0x3d
const backslash = 0x5c
const singleQuote = 0x27
const doubleQuote = 0x22

/**
 * Words that start with `--`, up to the first one that does not or to a bare `--`, which is dropped. Quotes of either
 * kind are removed and may hold blanks; `\` takes the next character as it is. `rest` is where the arguments start.
 */
export function readFlags(text: string, from: number, to: number): { flags: LogicalFlag[]; rest: number } {
  const flags: LogicalFlag[] = []
  let position = from
  for (;;) {
    while (position < to && isSpaceCharacter(text, position)) position++
    if (text.charCodeAt(position) !== dash || position + 1 >= to || text.charCodeAt(position + 1) !== dash)
      return { flags, rest: position }
    const flag = readFlag(text, position, to)
    position = flag.to
    if (flag.text === '--') return { flags, rest: position }
    flags.push(flag)
  }
}

/** BuildKit goes byte by byte here and garbles what is not ASCII; this reads characters. */
function isSpaceCharacter(text: string, position: number): boolean {
  return isSpace(text.charCodeAt(position))
}

function readFlag(text: string, from: number, to: number, onCharacter?: (position: number) => void): LogicalFlag {
  if (onCharacter === undefined) {
    const plain = readPlainFlag(text, from, to)
    if (plain !== null) return plain
  }
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
    text: word,
    name: valueAt < 0 ? word.slice(2) : word.slice(2, valueAt - 1),
    value: valueAt < 0 ? null : word.slice(valueAt),
    from,
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
    text: text.slice(from, position),
    name: text.slice(from + 2, valueFrom < 0 ? position : valueFrom - 1),
    value: valueFrom < 0 ? null : text.slice(valueFrom, position),
    from,
    to: position,
    valueFrom,
  }
}

/** Where a part of a flag's value, given by offsets into `flag.value`, stands in the raw text. */
export function flagValueRange(instruction: Instruction, flag: Flag, from: number, to: number): TextRange {
  const { logical } = instruction
  const positions: number[] = []
  const start = logicalOffset(logical, flag.range.from)
  readFlag(logical.text, start, logical.text.length, position => positions.push(position))
  const valueAt = flag.text.length - (flag.value ?? '').length
  const first = positions[valueAt + from] ?? logicalOffset(logical, flag.range.to)
  const last = positions[valueAt + to - 1]
  return rawRange(logical, first, to > from && last !== undefined ? last + 1 : first)
}
