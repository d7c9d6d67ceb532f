import type { TextRange } from '../text/text-edit.ts'
import { readArguments, type LogicalPair } from './arguments.ts'
import { isBlank, skipSpaces, trimEnd } from './characters.ts'
import { readFlags, type LogicalFlag } from './flags.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import { isKeyword } from './keywords.ts'
import type { CommentBlock, Flag, Heredoc, Instruction, KeyValue, Trivia, Word } from './syntax.ts'
import type { LogicalWord } from './words.ts'

/** An instruction being read: what only the lines around it tell is filled in by the parser. */
export class InstructionInProgress implements Instruction {
  index = 0
  line = 0
  endLine = 0
  heredocs: readonly Heredoc[] = nothing
  comment: CommentBlock | null = null
  embedded: readonly Trivia[] = nothing
  readonly keyword: string
  range: TextRange
  readonly flags: readonly Flag[]
  readonly arguments: readonly Word[]
  readonly isJson: boolean
  readonly pairs: readonly KeyValue[]
  readonly trigger: InstructionInProgress | null
  readonly logical: LogicalText
  private readonly file: string
  private readonly spans: InstructionSpans

  constructor(file: string, logical: LogicalText, spans: InstructionSpans, read: InstructionParts) {
    this.file = file
    this.logical = logical
    this.spans = spans
    this.keyword = read.keyword
    this.range = rawRange(logical, spans.start, spans.end)
    this.flags = read.flags
    this.arguments = read.arguments
    this.isJson = read.isJson
    this.pairs = read.pairs
    this.trigger = read.trigger
  }

  // Made only when asked for: most instructions never are.

  get raw(): string {
    return this.file.slice(this.range.from, this.range.to)
  }

  get writtenKeyword(): string {
    return this.logical.text.slice(this.spans.start, this.spans.keywordEnd)
  }

  get keywordRange(): TextRange {
    return rawRange(this.logical, this.spans.start, this.spans.keywordEnd)
  }

  get argumentsRange(): TextRange {
    return rawRange(this.logical, this.spans.argumentsFrom, this.spans.end)
  }

  get argumentsText(): string {
    return this.logical.text.slice(this.spans.argumentsFrom, this.spans.end)
  }
}

/** Offsets of the logical text. */
interface InstructionSpans {
  readonly start: number
  readonly keywordEnd: number
  readonly argumentsFrom: number
  readonly end: number
}

type InstructionParts = Pick<InstructionInProgress, 'keyword' | 'flags' | 'arguments' | 'isJson' | 'pairs' | 'trigger'>

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
  file: string,
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
  const keyword = upperCase(text.slice(start, keywordEnd))
  let rest = keywordEnd
  while (rest < end && isBlank(text.charCodeAt(rest))) rest++
  const read = readFlags(text, rest, end)
  const argumentsFrom = skipSpaces(text, read.rest, end)
  const { words, isJson, pairs, problem } = readArguments(keyword, text, argumentsFrom, end, escape)
  const trigger =
    keyword === 'ONBUILD' && argumentsFrom < end && depth < deepestTrigger
      ? readInstruction(file, logical, argumentsFrom, end, escape, depth + 1)
      : null
  const spans = { start, keywordEnd, argumentsFrom, end }
  const instruction = new InstructionInProgress(file, logical, spans, {
    keyword,
    flags: read.flags.length === 0 ? noFlags : read.flags.map(flag => toFlag(logical, flag)),
    arguments: words.length === 0 ? noWords : words.map(word => toWord(logical, word)),
    isJson,
    pairs: pairs.length === 0 ? noPairs : pairs.map(pair => toPair(logical, pair)),
    trigger: trigger?.instruction ?? null,
  })
  return { instruction, problem: problem ?? trigger?.problem ?? null }
}

/** By way of lower case, as Go does: the Kelvin sign is a K, too. */
function upperCase(keyword: string): string {
  return isKeyword(keyword) ? keyword : keyword.toLowerCase().toUpperCase()
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
