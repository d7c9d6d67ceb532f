import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'

/** A flag with the white space or continuation after it. */
export function withoutFlag(file: Dockerfile, instruction: Instruction, flag: Flag): TextEdit {
  const effective = instruction.trigger ?? instruction
  const starts = [...effective.flags.map(each => each.range.from), effective.argumentsRange.from]
  const next = Math.min(...starts.filter(start => start >= flag.range.to), instruction.range.to)
  return withoutWord(file, flag.range.from, flag.range.to, next)
}

/** What stands from `from` to `to`, and what parts it from the next word; a comment in between is the author's. */
export function withoutWord(file: Dockerfile, from: number, to: number, next: number): TextEdit {
  if (!file.text.slice(to, next).includes('#')) return { from, to: next, insert: '' }
  let start = from
  while (file.text[start - 1] === ' ' || file.text[start - 1] === '\t') start -= 1
  return { from: start, to, insert: '' }
}

/** Flags as they are to be written, after those that stay, which are none where `kept` is empty. */
export function withFlags(instruction: Instruction, kept: readonly Flag[], flags: readonly string[]): TextEdit {
  const effective = instruction.trigger ?? instruction
  const at = Math.max(effective.keywordRange.to, ...kept.map(flag => flag.range.to))
  return { from: at, to: at, insert: flags.map(flag => ` ${flag}`).join('') }
}

/** A flag's value, in quotes where it has blanks; null where no flag can hold it. */
export function flagValue(value: string): string | null {
  const characters = Array.from(value)
  if (value === '' || characters.some(character => character < ' ' || '"\'\\'.includes(character))) return null
  return characters.some(character => character.trim() === '') ? `"${value}"` : value
}
