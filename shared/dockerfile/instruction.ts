import type { TextRange } from '../text/text-edit.ts'
import { readArguments, type ReadArguments } from './arguments.ts'
import { endOfWord, skipSpaces, trimEnd } from './characters.ts'
import { readFlags } from './flags.ts'
import { keywordAt } from './keywords.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import type { Passage } from './passage.ts'
import type { CommentBlock, Flag, Heredoc, Instruction, KeyValue, Trivia, Word } from './syntax.ts'

/**
 * An instruction, or what ONBUILD stores, as if the file began with its passage. Its arguments are read when they are
 * asked for: the graph asks few instructions.
 */
export class UnplacedInstruction implements Instruction {
  readonly keyword: string
  readonly flags: readonly Flag[]
  readonly trigger: UnplacedInstruction | null
  private readonly passage: Passage
  private readonly isTrigger: boolean
  // Offsets of the logical text.
  private readonly start: number
  private readonly argumentsFrom: number
  private readonly end: number
  private read: ReadArguments | null = null

  constructor(passage: Passage, logical: LogicalText, from: number, depth: number) {
    const { text } = logical
    const start = skipSpaces(text, from, text.length)
    const end = trimEnd(text, start, text.length)
    const keywordEnd = endOfWord(text, start, end)
    const { flags, rest } = readFlags(logical, keywordEnd, end)
    const argumentsFrom = skipSpaces(text, rest, end)
    this.keyword = keywordAt(text, start, keywordEnd)
    this.flags = flags
    this.trigger =
      this.keyword === 'ONBUILD' && argumentsFrom < end && depth < deepestTrigger
        ? new UnplacedInstruction(passage, logical, argumentsFrom, depth + 1)
        : null
    this.passage = passage
    this.isTrigger = depth > 0
    this.start = start
    this.argumentsFrom = argumentsFrom
    this.end = end
  }

  /** Not kept: it is quickly joined again, and few ask for it. */
  get logical(): LogicalText {
    return this.passage.logical
  }

  private get said(): ReadArguments {
    const { keyword, logical, argumentsFrom, end, passage } = this
    return (this.read ??= readArguments(keyword, logical, argumentsFrom, end, passage.escape))
  }

  get arguments(): readonly Word[] {
    return this.said.words
  }

  get isJson(): boolean {
    return this.said.isJson
  }

  get pairs(): readonly KeyValue[] {
    return this.said.pairs
  }

  /** BuildKit's message where its parser refuses the line. */
  get problem(): string | null {
    return this.said.problem ?? this.trigger?.problem ?? null
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
    const { text } = this.logical
    return text.slice(this.start, endOfWord(text, this.start, this.end))
  }

  get keywordRange(): TextRange {
    return rawRange(this.logical, this.start, endOfWord(this.logical.text, this.start, this.end))
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
  return new UnplacedInstruction(passage, passage.logical, 0, 0)
}

/** Whether heredocs may follow the line: RUN, COPY and ADD not in JSON form, also as a trigger. */
export function mayHaveHeredocs(instruction: Instruction): boolean {
  const node = instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction
  return !node.isJson && (node.keyword === 'RUN' || node.keyword === 'COPY' || node.keyword === 'ADD')
}
