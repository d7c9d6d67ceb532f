import type { TextRange } from '../text/text-edit.ts'
import { readArguments, readPairs, type ReadArguments } from './arguments.ts'
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
  /** The line it stands on; offsets are those of its text. */
  private readonly command: LogicalText
  private readonly isTrigger: boolean
  private readonly start: number
  private readonly argumentsFrom: number
  private readonly end: number
  private read: ReadArguments | null = null

  constructor(passage: Passage, command: LogicalText, from: number, to: number, depth: number) {
    const { text } = command
    const start = skipSpaces(text, from, to)
    const end = trimEnd(text, start, to)
    const keywordEnd = endOfWord(text, start, end)
    const { flags, rest } = readFlags(command, keywordEnd, end)
    const argumentsFrom = skipSpaces(text, rest, end)
    this.keyword = keywordAt(text, start, keywordEnd)
    this.flags = flags
    this.trigger =
      this.keyword === 'ONBUILD' && argumentsFrom < end && depth < deepestTrigger
        ? new UnplacedInstruction(passage, command, argumentsFrom, end, depth + 1)
        : null
    this.passage = passage
    this.command = command
    this.isTrigger = depth > 0
    this.start = start
    this.argumentsFrom = argumentsFrom
    this.end = end
  }

  get logical(): LogicalText {
    return this.passage.logical
  }

  private get said(): ReadArguments {
    const { keyword, command, argumentsFrom, end, passage } = this
    return (this.read ??= readArguments(keyword, command, argumentsFrom, end, passage.escape))
  }

  get arguments(): readonly Word[] {
    return this.said.words
  }

  get isJson(): boolean {
    return this.said.form === 'json'
  }

  get pairs(): readonly KeyValue[] {
    return readPairs(this.keyword, this.said)
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
    return this.isTrigger ? { from: rawRange(this.command, this.start, this.end).from, to: range.to } : range
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
    const { text } = this.command
    return text.slice(this.start, endOfWord(text, this.start, this.end))
  }

  get keywordRange(): TextRange {
    return rawRange(this.command, this.start, endOfWord(this.command.text, this.start, this.end))
  }

  get argumentsRange(): TextRange {
    return rawRange(this.command, this.argumentsFrom, this.end)
  }

  get argumentsText(): string {
    return this.command.text.slice(this.argumentsFrom, this.end)
  }
}

const nothing: readonly never[] = []

/** ONBUILD within ONBUILD is refused anyway; deeper ones are not read. */
const deepestTrigger = 4

export function readInstruction(passage: Passage): UnplacedInstruction {
  const { text, from, commandEnd, continued } = passage
  // What is one piece is read where it stands.
  if (continued === null)
    return new UnplacedInstruction(passage, { text, from: 0, seams: nothing }, from, commandEnd, 0)
  const { logical } = passage
  return new UnplacedInstruction(passage, logical, 0, logical.text.length, 0)
}

/** Whether heredocs may follow the line: RUN, COPY and ADD not in JSON form, also as a trigger. */
export function mayHaveHeredocs(instruction: Instruction): boolean {
  const node = instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction
  return !node.isJson && (node.keyword === 'RUN' || node.keyword === 'COPY' || node.keyword === 'ADD')
}
