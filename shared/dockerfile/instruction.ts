import { readArguments, type LogicalPair } from './arguments.ts'
import { isBlank, skipSpaces, trimEnd } from './characters.ts'
import { readFlags, type LogicalFlag } from './flags.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import type { Flag, Instruction, KeyValue, Word } from './syntax.ts'
import type { LogicalWord } from './words.ts'

/** An instruction being read: what only the lines around it tell is filled in by the parser. */
export type InstructionInProgress = { -readonly [Key in keyof Instruction]: Instruction[Key] } & {
  trigger: InstructionInProgress | null
}

export interface ReadInstruction {
  readonly instruction: InstructionInProgress
  /** BuildKit's message where its parser refuses the line. */
  readonly problem: string | null
}

const noFlags: readonly Flag[] = []
const noWords: readonly Word[] = []
const noPairs: readonly KeyValue[] = []
const nothing: readonly never[] = []

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
  const instruction: InstructionInProgress = {
    index: 0,
    keyword,
    writtenKeyword,
    keywordRange: rawRange(logical, start, keywordEnd),
    range: rawRange(logical, start, end),
    line: 0,
    endLine: 0,
    flags: read.flags.length === 0 ? noFlags : read.flags.map(flag => toFlag(logical, flag)),
    arguments: words.length === 0 ? noWords : words.map(word => toWord(logical, word)),
    argumentsRange: rawRange(logical, argumentsFrom, end),
    argumentsText: text.slice(argumentsFrom, end),
    isJson,
    pairs: pairs.length === 0 ? noPairs : pairs.map(pair => toPair(logical, pair)),
    heredocs: nothing,
    trigger: trigger?.instruction ?? null,
    comment: null,
    embedded: nothing,
    logical,
    raw: '',
  }
  return { instruction, problem: problem ?? trigger?.problem ?? null }
}

function toWord(logical: LogicalText, word: LogicalWord): Word {
  return { text: word.text, range: rawRange(logical, word.from, word.to) }
}

function toFlag(logical: LogicalText, flag: LogicalFlag): Flag {
  return {
    name: flag.name,
    value: flag.value,
    text: flag.text,
    range: rawRange(logical, flag.from, flag.to),
    valueRange: flag.valueFrom < 0 ? null : rawRange(logical, flag.valueFrom, flag.to),
  }
}

function toPair(logical: LogicalText, { key, value, equals }: LogicalPair): KeyValue {
  return { key: toWord(logical, key), value: value === null ? null : toWord(logical, value), equals }
}

/** Whether heredocs may follow the line: RUN, COPY and ADD not in JSON form, also as a trigger. */
export function mayHaveHeredocs(instruction: Instruction): boolean {
  const node = instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction
  return !node.isJson && (node.keyword === 'RUN' || node.keyword === 'COPY' || node.keyword === 'ADD')
}
