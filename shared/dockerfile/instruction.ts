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
export class UnplacedInstruction implements Instruction {
  readonly keyword: string
  readonly flags: readonly Flag[]
  readonly arguments: readonly Word[]
  readonly isJson: boolean
  readonly pairs: readonly KeyValue[]
  readonly trigger: Instruction | null
  readonly logical: LogicalText
  /** BuildKit's message where its parser refuses the line. */
  readonly problem: string | null
  private readonly passage: Passage
  private readonly isTrigger: boolean
  // Offsets of the logical text.
  private readonly start: number
  private readonly keywordEnd: number
  private readonly argumentsFrom: number
  private readonly end: number

  constructor(passage: Passage, logical: LogicalText, from: number, depth: number) {
    const { text } = logical
    const start = skipSpaces(text, from, text.length)
    const end = trimEnd(text, start, text.length)
    let keywordEnd = start
    while (keywordEnd < end && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++
    const keyword = upperCase(text.slice(start, keywordEnd))
    let rest = keywordEnd
    while (rest < end && isBlank(text.charCodeAt(rest))) rest++
    const read = readFlags(text, rest, end)
    const argumentsFrom = skipSpaces(text, read.rest, end)
    const { words, isJson, pairs, problem } = readArguments(keyword, text, argumentsFrom, end, passage.escape)
    const trigger =
      keyword === 'ONBUILD' && argumentsFrom < end && depth < deepestTrigger
        ? new UnplacedInstruction(passage, logical, argumentsFrom, depth + 1)
        : null
    this.keyword = keyword
    this.flags = read.flags.length === 0 ? nothing : read.flags.map(flag => toFlag(logical, flag))
    this.arguments = words.length === 0 ? nothing : words.map(word => toWord(logical, word))
    this.isJson = isJson
    this.pairs = pairs.length === 0 ? nothing : pairs.map(pair => toPair(logical, pair))
    this.trigger = trigger
    this.logical = logical
    this.problem = problem ?? trigger?.problem ?? null
    this.passage = passage
    this.isTrigger = depth > 0
    this.start = start
    this.keywordEnd = keywordEnd
    this.argumentsFrom = argumentsFrom
    this.end = end
  }

  get index(): number {
    return 0
  }

  get range(): TextRange {
    const { range } = this.passage
    // A trigger lies where its ONBUILD does.
    return this.isTrigger ? { from: rawRange(this.logical, this.start, this.end).from, to: range.to } : range
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
    return this.passage.heredocs
  }

  get comment(): CommentBlock | null {
    return this.isTrigger ? null : this.passage.comment
  }

  get embedded(): readonly Trivia[] {
    return this.passage.continued?.embedded ?? nothing
  }

  get raw(): string {
    return this.passage.text.slice(this.range.from, this.range.to)
  }

  get writtenKeyword(): string {
    return this.logical.text.slice(this.start, this.keywordEnd)
  }

  get keywordRange(): TextRange {
    return rawRange(this.logical, this.start, this.keywordEnd)
  }

  get argumentsRange(): TextRange {
    return rawRange(this.logical, this.argumentsFrom, this.end)
  }

  get argumentsText(): string {
    return this.logical.text.slice(this.argumentsFrom, this.end)
  }
}

const nothing: readonly never[] = []

/** ONBUILD within ONBUILD is refused anyway; deeper ones are not read. */
const deepestTrigger = 4

export function readInstruction(passage: Passage): UnplacedInstruction {
  return new UnplacedInstruction(passage, joinedCommand(passage), 0, 0)
}

/** The command as one line. */
export function joinedCommand({ text, range, commandNext, continued }: PassageOutline): LogicalText {
  const pieces = continued?.pieces ?? [{ from: range.from, to: lineEnd(text, range.from, commandNext) }]
  return logicalText(text, pieces)
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
