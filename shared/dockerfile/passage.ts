import { endOfWord, skipSpaces, trimEnd } from './characters.ts'
import { joinedCommand, type ContinuedLine } from './continuation.ts'
import type { Header } from './directives.ts'
import type { HeredocBodies } from './heredoc-bodies.ts'
import { readInstruction, type UnplacedInstruction } from './instruction.ts'
import { lineEnd, nextLine } from './lines.ts'
import type { LogicalText } from './logical-text.ts'
import { longLines, mayBeTooLong } from './long-lines.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { CommentBlock, Heredoc, SyntaxProblem } from './syntax.ts'

/** How much stands above the comments of a file's first instruction. */
export type PassageHeader = Pick<Header, 'to' | 'lines'>

/**
 * An instruction with the lines above it, wherever in a file it stands: the same object from one text to the next as
 * long as nothing in it changes. What it says is read when it is first asked for. Offsets count from its first character.
 */
export class Passage {
  /** The lines above the instruction that belong to no other, the instruction, and its line end. */
  readonly text: string
  readonly escape: '\\' | '`'
  /** Upper case. */
  readonly keyword: string
  readonly header: PassageHeader
  /** Where the instruction begins, and where its own line ends, that of its heredocs not. */
  readonly from: number
  readonly commandEnd: number
  /** 1-based, counted from the passage's first line. */
  readonly line: number
  /** Null where the instruction's own line is one. */
  readonly continued: ContinuedLine | null
  /** What follows its own line; null where it announces no heredocs. */
  readonly bodies: HeredocBodies | null
  private read: UnplacedInstruction | null = null

  constructor(
    text: string,
    escape: Passage['escape'],
    keyword: string,
    header: PassageHeader,
    from: number,
    commandEnd: number,
    line: number,
    continued: ContinuedLine | null,
    bodies: HeredocBodies | null = null,
  ) {
    this.text = text
    this.escape = escape
    this.keyword = keyword
    this.header = header
    this.from = from
    this.commandEnd = commandEnd
    this.line = line
    this.continued = continued
    this.bodies = bodies
  }

  /** The same with what follows its own line. */
  withBodies(text: string, bodies: HeredocBodies): Passage {
    const { escape, keyword, header, from, commandEnd, line, continued } = this
    return new Passage(text, escape, keyword, header, from, commandEnd, line, continued, bodies)
  }

  /** The command as one line. */
  get logical(): LogicalText {
    return joinedCommand(this.text, this.from, this.commandEnd, this.continued)
  }

  /** As if the file began with the passage. */
  get unplaced(): UnplacedInstruction {
    return (this.read ??= readInstruction(this))
  }

  /** The instruction, its heredocs included. */
  get range(): TextRange {
    return { from: this.from, to: this.bodies?.end ?? this.commandEnd }
  }

  /** Last line of the instruction's own, and of its heredocs. */
  get commandEndLine(): number {
    return this.line - 1 + (this.continued?.lines ?? 1)
  }

  get endLine(): number {
    return this.commandEndLine + (this.bodies?.lines ?? 0)
  }

  /** Whether flags may follow the keyword; told without reading the instruction. */
  get mayHaveFlags(): boolean {
    const { text, from, commandEnd, continued } = this
    const end = continued === null ? commandEnd : from + (continued.seams[0]?.at ?? continued.length)
    const position = skipSpaces(text, endOfWord(text, from, end), end)
    return position === end || text.charCodeAt(position) === dash
  }

  get heredocs(): readonly Heredoc[] {
    return this.bodies?.heredocs ?? nothing
  }

  /** Whether what comes after the passage has a say in what it is. */
  get isOpen(): boolean {
    const { text, continued, bodies } = this
    return continued?.isOpen === true || bodies?.isUnterminated === true || !text.endsWith('\n')
  }

  get comment(): CommentBlock | null {
    return commentAbove(this)
  }

  /** What BuildKit's parser refuses of it. */
  get problems(): readonly SyntaxProblem[] {
    const { text, range, line, bodies, unplaced } = this
    const isUnterminated = bodies?.isUnterminated === true
    const commandTo = bodies?.from ?? text.length
    if (unplaced.problem === null && !isUnterminated && !mayBeTooLong(commandTo + 1)) return nothing
    const problems = longLines(text, 0, commandTo)
    if (unplaced.problem !== null)
      problems.push({ message: unplaced.problem, line, endLine: this.commandEndLine, range })
    if (isUnterminated) problems.push({ message: 'unterminated heredoc', line, endLine: this.endLine, range })
    return problems
  }
}

const nothing: readonly never[] = []
const dash = 0x2d

function commentAbove({ text, header, from }: Passage): CommentBlock | null {
  if (text.lastIndexOf('#', from - 1) < header.to) return null
  let block: { range: { from: number; to: number }; line: number; endLine: number; lines: string[] } | null = null
  let { lines: line } = header
  for (let start = header.to; start < from;) {
    line++
    const next = nextLine(text, start)
    const end = lineEnd(text, start, next)
    const content = skipSpaces(text, start, end)
    if (content < end && content < from) {
      // One character is cut off the line as it stands, so that an indented comment keeps its `#`.
      const said = skipSpaces(text, start + 1, end)
      const comment = text.slice(said, trimEnd(text, said, end))
      if (comment === '') block = null
      else if (block === null) block = { range: { from: content, to: end }, line, endLine: line, lines: [comment] }
      else {
        block.lines.push(comment)
        block.range.to = end
        block.endLine = line
      }
    }
    start = next
  }
  return block
}
