import { skipSpaces, trimEnd } from './characters.ts'
import type { ContinuedLine } from './continuation.ts'
import { readInstruction, type UnplacedInstruction } from './instruction.ts'
import { lineEnd, nextLine } from './lines.ts'
import { longLines } from './long-lines.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { CommentBlock, Heredoc, SyntaxProblem } from './syntax.ts'

/** What is seen of a passage without reading its instruction. Offsets count from the passage's first character. */
export interface PassageOutline {
  /** The lines above the instruction that belong to no other, the instruction, and its line end. */
  readonly text: string
  readonly escape: '\\' | '`'
  /** Upper case. */
  readonly keyword: string
  /** Where comments above the instruction may begin: behind byte order mark and directives. */
  readonly commentsFrom: number
  readonly linesToComments: number
  /** The instruction, its heredocs included. */
  readonly range: TextRange
  /** 1-based, counted from the passage's first line. */
  readonly line: number
  readonly endLine: number
  /** Start of the line after the instruction's own, where bodies of heredocs begin. */
  readonly commandNext: number
  /** Null where the instruction's own line is one. */
  readonly continued: ContinuedLine | null
  readonly heredocs: readonly Heredoc[]
  readonly isUnterminated: boolean
  /** Whether what comes after the passage has a say in what it is. */
  readonly isOpen: boolean
  readonly mayHaveLongLines: boolean
}

/**
 * An instruction with the lines above it, wherever in a file it stands: the same object from one text to the next as
 * long as nothing in it changes. What it says is read when it is first asked for.
 */
export class Passage implements PassageOutline {
  readonly text: string
  readonly escape: '\\' | '`'
  readonly keyword: string
  readonly commentsFrom: number
  readonly linesToComments: number
  readonly range: TextRange
  readonly line: number
  readonly endLine: number
  readonly commandNext: number
  readonly continued: ContinuedLine | null
  readonly heredocs: readonly Heredoc[]
  readonly isUnterminated: boolean
  readonly isOpen: boolean
  readonly mayHaveLongLines: boolean
  private read: UnplacedInstruction | null = null
  private readComment: CommentBlock | null | undefined
  private found: readonly SyntaxProblem[] | null = null

  /** A file has thousands: the outline is copied, as one object takes half the memory of two. */
  constructor(outline: PassageOutline) {
    this.text = outline.text
    this.escape = outline.escape
    this.keyword = outline.keyword
    this.commentsFrom = outline.commentsFrom
    this.linesToComments = outline.linesToComments
    this.range = outline.range
    this.line = outline.line
    this.endLine = outline.endLine
    this.commandNext = outline.commandNext
    this.continued = outline.continued
    this.heredocs = outline.heredocs
    this.isUnterminated = outline.isUnterminated
    this.isOpen = outline.isOpen
    this.mayHaveLongLines = outline.mayHaveLongLines
  }

  /** As if the file began with the passage. */
  get unplaced(): UnplacedInstruction {
    return (this.read ??= readInstruction(this))
  }

  get comment(): CommentBlock | null {
    if (this.readComment === undefined) this.readComment = commentAbove(this)
    return this.readComment
  }

  /** What BuildKit's parser refuses of it. */
  get problems(): readonly SyntaxProblem[] {
    return (this.found ??= problemsOf(this, this.unplaced.problem))
  }
}

const nothing: readonly never[] = []

function problemsOf(outline: PassageOutline, problem: string | null): readonly SyntaxProblem[] {
  const { text, range, line, endLine, continued, isUnterminated } = outline
  if (problem === null && !isUnterminated && !outline.mayHaveLongLines) return nothing
  const problems = longLines(text, 0, outline.commandNext)
  if (problem !== null) problems.push({ message: problem, line, endLine: line - 1 + (continued?.lines ?? 1), range })
  if (isUnterminated) problems.push({ message: 'unterminated heredoc', line, endLine, range })
  return problems
}

function commentAbove({ text, commentsFrom, linesToComments, range }: PassageOutline): CommentBlock | null {
  const { from } = range
  if (text.lastIndexOf('#', from - 1) < commentsFrom) return null
  let block: { range: { from: number; to: number }; line: number; endLine: number; lines: string[] } | null = null
  let line = linesToComments
  for (let start = commentsFrom; start < from;) {
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
