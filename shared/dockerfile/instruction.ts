import type { TextRange } from '../text/text-edit.ts'
import { readArguments, type LogicalPair } from './arguments.ts'
import { isBlank, skipSpaces, trimEnd } from './characters.ts'
import { readFlags, type LogicalFlag } from './flags.ts'
import { logicalText, rawRange, type LogicalText } from './logical-text.ts'
import { knownKeyword } from './keywords.ts'
import { lineEnd } from './lines.ts'
import type { Passage, PassageOutline } from './passage.ts'
import type { CommentBlock, Flag, Heredoc, Instruction, KeyValue, Trivia, Word } from './syntax.ts'
import type { LogicalWord } from './words.ts'

/** An instruction, or what ONBUILD stores, as if the file began with its passage. */
class UnplacedInstruction implements Instruction {
  readonly index = 0
  readonly keyword: string
  readonly range: TextRange
  readonly flags: readonly Flag[]
  readonly arguments: readonly Word[]
  readonly isJson: boolean
  readonly pairs: readonly KeyValue[]
  readonly trigger: Instruction | null
  readonly logical: LogicalText
  private readonly passage: Passage
  private readonly spans: InstructionSpans
  private readonly isTrigger: boolean

  constructor(
    passage: Passage,
    logical: LogicalText,
    spans: InstructionSpans,
    isTrigger: boolean,
    parts: InstructionParts,
  ) {
    const { range } = passage
    this.passage = passage
    this.logical = logical
    this.spans = spans
    this.isTrigger = isTrigger
    this.keyword = parts.keyword
    // A trigger lies where its ONBUILD does.
    this.range = isTrigger ? { from: rawRange(logical, spans.start, spans.end).from, to: range.to } : range
    this.flags = parts.flags
    this.arguments = parts.arguments
    this.isJson = parts.isJson
    this.pairs = parts.pairs
    this.trigger = parts.trigger
  }

  get unplaced(): Instruction {
    return this
  }

  get line(): number {
    return this.passage.line
  }

  get endLine(): number {
    return this.passage.endLine
  }

  get heredocs(): readonly Heredoc[] {
    return this.passage.outline.heredocs
  }

  get comment(): CommentBlock | null {
    return this.isTrigger ? null : this.passage.comment
  }

  get embedded(): readonly Trivia[] {
    return this.passage.outline.continued?.embedded ?? nothing
  }

  get raw(): string {
    return this.passage.outline.text.slice(this.range.from, this.range.to)
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

type InstructionParts = Pick<Instruction, 'keyword' | 'flags' | 'arguments' | 'isJson' | 'pairs' | 'trigger'>

export interface ReadInstruction {
  readonly instruction: Instruction
  /** BuildKit's message where its parser refuses the line. */
  readonly problem: string | null
}

const noFlags: readonly Flag[] = []
const noWords: readonly Word[] = []
const noPairs: readonly KeyValue[] = []
const nothing: readonly never[] = []

/** ONBUILD within ONBUILD is refused anyway; deeper ones are not read. */
const deepestTrigger = 4

export function readInstruction(passage: Passage): ReadInstruction {
  const logical = joinedCommand(passage.outline)
  return readNode(passage, logical, 0, 0)
}

/** The command as one line. */
export function joinedCommand({ text, range, commandNext, continued }: PassageOutline): LogicalText {
  const pieces = continued?.pieces ?? [{ from: range.from, to: lineEnd(text, range.from, commandNext) }]
  return logicalText(text, pieces)
}

function readNode(passage: Passage, logical: LogicalText, from: number, depth: number): ReadInstruction {
  const { text } = logical
  const { escape } = passage.outline
  const start = skipSpaces(text, from, text.length)
  const end = trimEnd(text, start, text.length)
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
      ? readNode(passage, logical, argumentsFrom, depth + 1)
      : null
  const spans = { start, keywordEnd, argumentsFrom, end }
  const instruction = new UnplacedInstruction(passage, logical, spans, depth > 0, {
    keyword,
    flags: read.flags.length === 0 ? noFlags : read.flags.map(flag => toFlag(logical, flag)),
    arguments: words.length === 0 ? noWords : words.map(word => toWord(logical, word)),
    isJson,
    pairs: pairs.length === 0 ? noPairs : pairs.map(pair => toPair(logical, pair)),
    trigger: trigger?.instruction ?? null,
  })
  return { instruction, problem: problem ?? trigger?.problem ?? null }
}

/** By way of lower case, as Go does: the Kelvin sign is a K, too. Thousands of equal keywords are one string. */
export function upperCase(keyword: string): string {
  const known = knownKeyword(keyword)
  if (known !== undefined) return known
  const upper = keyword.toLowerCase().toUpperCase()
  return knownKeyword(upper) ?? upper
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
