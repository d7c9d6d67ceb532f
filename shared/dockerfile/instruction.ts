import type { TextRange } from '../text/text-edit.ts'
import { readArguments } from './arguments.ts'
import { isBlank, skipSpaces, trimEnd } from './characters.ts'
import { readFlags } from './flags.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import type { Flag, Instruction, KeyValue, Word } from './syntax.ts'
import type { LogicalWord } from './words.ts'

/** What one joined line says, without its place among the lines. */
export interface ReadInstruction extends Pick<
  Instruction,
  | 'keyword'
  | 'writtenKeyword'
  | 'keywordRange'
  | 'flags'
  | 'arguments'
  | 'argumentsRange'
  | 'argumentsText'
  | 'isJson'
  | 'pairs'
> {
  readonly trigger: ReadInstruction | null
  /** The line without white space around it. */
  readonly range: TextRange
  /** BuildKit's message where its parser refuses the line. */
  readonly problem: string | null
}

/** ONBUILD within ONBUILD is refused anyway; deeper ones are not read. */
const deepestTrigger = 4

/** Reads the instruction that stands between `from` and `to` of a joined line. */
export function readInstruction(
  logical: LogicalText,
  from: number,
  to: number,
  escape: string,
  depth = 0,
): ReadInstruction {
  const { text } = logical
  const start = skipSpaces(text, from, to)
  const end = trimEnd(text, start, to)
  let keywordEnd = start
  while (keywordEnd < end && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++
  const writtenKeyword = text.slice(start, keywordEnd)
  // By way of lower case, as Go does: the Kelvin sign is a K, too.
  const keyword = writtenKeyword.toLowerCase().toUpperCase()
  let rest = keywordEnd
  while (rest < end && isBlank(text.charCodeAt(rest))) rest++
  const read = readFlags(text, rest, end)
  const argumentsFrom = skipSpaces(text, read.rest, end)
  const { words, isJson, pairs, problem } = readArguments(keyword, text, argumentsFrom, end, escape)
  const trigger =
    keyword === 'ONBUILD' && argumentsFrom < end && depth < deepestTrigger
      ? readInstruction(logical, argumentsFrom, end, escape, depth + 1)
      : null
  const toWord = (word: LogicalWord): Word => ({ text: word.text, range: rawRange(logical, word.from, word.to) })
  return {
    keyword,
    writtenKeyword,
    keywordRange: rawRange(logical, start, keywordEnd),
    range: rawRange(logical, start, end),
    flags: read.flags.map((flag): Flag => ({
      name: flag.name,
      value: flag.value,
      text: flag.text,
      range: rawRange(logical, flag.from, flag.to),
      valueRange: flag.valueFrom < 0 ? null : rawRange(logical, flag.valueFrom, flag.to),
    })),
    arguments: words.map(toWord),
    argumentsRange: rawRange(logical, argumentsFrom, end),
    argumentsText: text.slice(argumentsFrom, end),
    isJson,
    pairs: pairs.map((pair): KeyValue => ({
      key: toWord(pair.key),
      value: pair.value === null ? null : toWord(pair.value),
      equals: pair.equals,
    })),
    trigger,
    problem: problem ?? trigger?.problem ?? null,
  }
}

/** Whether heredocs may follow the line: RUN, COPY and ADD not in JSON form, also as a trigger. */
export function mayHaveHeredocs(instruction: ReadInstruction): boolean {
  const node = instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction
  return !node.isJson && (node.keyword === 'RUN' || node.keyword === 'COPY' || node.keyword === 'ADD')
}
