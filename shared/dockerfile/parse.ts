import type { TextRange } from '../text/text-edit.ts'
import { skipSpaces, trimEnd } from './characters.ts'
import { readContinuedLine, type ContinuedLine } from './continuation.ts'
import { isDirectiveName, readDirective } from './directives.ts'
import { HeredocReader, type HeredocBodies } from './heredoc-bodies.ts'
import { heredocOperators } from './heredocs.ts'
import { mayHaveHeredocs, readInstruction, type InstructionInProgress } from './instruction.ts'
import { splitLines, type PhysicalLines } from './lines.ts'
import { logicalText } from './logical-text.ts'
import type { CommentBlock, Directive, Dockerfile, Instruction, SyntaxProblem, Trivia } from './syntax.ts'

/** BuildKit reads at most this many bytes as one line, the line end included. */
const longestLine = 65_536
const hash = 0x23

/** Reads any text at all. Never throws; what BuildKit's parser refuses is among `errors`, and the rest is read on. */
export function parseDockerfile(text: string): Dockerfile {
  return new Parser(text).parse()
}

class Parser {
  private readonly text: string
  private readonly lines: PhysicalLines
  private readonly heredocReader: HeredocReader
  private readonly byteOrderMark: boolean
  private escape: '\\' | '`' = '\\'
  private readonly directives: Directive[] = []
  private readonly instructions: Instruction[] = []
  private readonly trivia: Trivia[] = []
  private readonly errors: SyntaxProblem[] = []
  /** The comment block being read; lines are added to it as they come. */
  private comment: { from: number; to: number; line: number; endLine: number; lines: string[] } | null = null
  /** Everything before it is covered by trivia and instructions. */
  private covered = 0

  constructor(text: string) {
    this.text = text
    this.lines = splitLines(text)
    this.heredocReader = new HeredocReader(text, this.lines)
    this.byteOrderMark = text.charCodeAt(0) === 0xfeff
  }

  parse(): Dockerfile {
    const { text, lines } = this
    if (this.byteOrderMark) this.cover('byte-order-mark', 1)
    let inDirectives = true
    for (let index = 0; index < lines.starts.length; index++) {
      const start = index === 0 && this.byteOrderMark ? 1 : (lines.starts[index] ?? 0)
      const end = lines.ends[index] ?? 0
      this.checkLength(index)
      const content = skipSpaces(text, start, end)
      inDirectives = inDirectives && this.readDirectiveLine(index, content, end)
      if (inDirectives) continue
      if (content === end) continue
      if (text.charCodeAt(content) === hash) this.readComment(index, start, content, end)
      else index = this.readInstructionLines(index, content)
    }
    this.cover('blank', text.length)
    if (this.instructions.length === 0)
      this.report('file with no instructions', Math.max(1, lines.starts.length), Math.max(1, lines.starts.length), {
        from: 0,
        to: text.length,
      })
    return {
      text,
      byteOrderMark: this.byteOrderMark,
      escape: this.escape,
      lineEnding: lines.lineEnding,
      directives: this.directives,
      instructions: this.instructions,
      trivia: this.trivia,
      errors: this.errors,
      lineStarts: lines.starts,
    }
  }

  /** Whether the line is a directive: the first one that is not ends them for good. */
  private readDirectiveLine(index: number, content: number, end: number): boolean {
    const found = readDirective(this.text, content, end)
    if (found === null || !isDirectiveName(found.name)) return false
    const { name } = found
    const range = { from: content, to: end }
    const value = this.text.slice(found.from, found.to)
    this.cover('blank', content)
    this.cover('directive', end)
    if (this.directives.some(directive => directive.name === name))
      this.report(`only one ${name} parser directive can be used`, index + 1, index + 1, range)
    else {
      this.directives.push({ name, value, line: index + 1, range, valueRange: { from: found.from, to: found.to } })
      if (name === 'escape') {
        if (value === '\\' || value === '`') this.escape = value
        else this.report(`invalid escape token '${value}' does not match \` or \\`, index + 1, index + 1, range)
      }
    }
    return true
  }

  private readComment(index: number, start: number, content: number, end: number): void {
    this.cover('blank', content)
    this.cover('comment', end)
    // One character is cut off the line as it stands, so that an indented comment keeps its `#`.
    const from = skipSpaces(this.text, start + 1, end)
    const line = this.text.slice(from, trimEnd(this.text, from, end))
    if (line === '') this.comment = null
    else if (this.comment === null)
      this.comment = { from: content, to: end, line: index + 1, endLine: index + 1, lines: [line] }
    else {
      this.comment.lines.push(line)
      this.comment.to = end
      this.comment.endLine = index + 1
    }
  }

  /** Returns the index of the last line read. */
  private readInstructionLines(index: number, content: number): number {
    const { text } = this
    const continued = readContinuedLine(text, this.lines, index, content, this.escape.charCodeAt(0))
    for (let line = index + 1; line <= continued.last; line++) this.checkLength(line)
    const logical = logicalText(text, continued.pieces)
    const read = readInstruction(text, logical, 0, logical.text.length, this.escape)
    const operators = mayHaveHeredocs(read.instruction) ? heredocOperators(logical.text) : []
    const bodies =
      operators.length === 0
        ? { heredocs: [], last: continued.last, unterminated: false }
        : this.heredocReader.read(operators, logical, continued.last)
    const range = { from: content, to: Math.max(content, this.lines.ends[bodies.last] ?? text.length) }
    this.cover('blank', content)
    this.covered = range.to
    if (read.problem !== null) this.report(read.problem, index + 1, continued.last + 1, range)
    if (bodies.unterminated) this.report('unterminated heredoc', index + 1, bodies.last + 1, range)
    const { instruction } = read
    instruction.comment = this.commentAbove()
    this.place(instruction, continued, bodies, index + 1, range)
    this.instructions.push(instruction)
    this.comment = null
    return bodies.last
  }

  /** Fills in what the instruction's own line does not tell; a trigger lies where its ONBUILD does. */
  private place(
    instruction: InstructionInProgress,
    continued: ContinuedLine,
    bodies: HeredocBodies,
    line: number,
    range: TextRange,
  ): void {
    instruction.index = this.instructions.length
    instruction.line = line
    instruction.endLine = bodies.last + 1
    instruction.range = range
    if (bodies.heredocs.length > 0) instruction.heredocs = bodies.heredocs
    if (continued.embedded.length > 0) instruction.embedded = continued.embedded
    const { trigger } = instruction
    if (trigger !== null) this.place(trigger, continued, bodies, line, { from: trigger.range.from, to: range.to })
  }

  private commentAbove(): CommentBlock | null {
    if (this.comment === null) return null
    const { from, to, line, endLine, lines } = this.comment
    return { range: { from, to }, line, endLine, lines }
  }

  private checkLength(index: number): void {
    const start = this.lines.starts[index] ?? 0
    const next = this.lines.nexts[index] ?? 0
    // A character is at most three bytes per code unit.
    if ((next - start) * 3 < longestLine) return
    const bytes = utf8Length(this.text, start, next)
    const complete = this.text.charAt(next - 1) === '\n'
    if (bytes > longestLine || (bytes === longestLine && !complete))
      this.report(`dockerfile line greater than max allowed size of ${longestLine - 1}`, index + 1, index + 1, {
        from: start,
        to: this.lines.ends[index] ?? next,
      })
  }

  private cover(kind: Trivia['kind'], to: number): void {
    if (to <= this.covered) return
    this.trivia.push({ kind, range: { from: this.covered, to } })
    this.covered = to
  }

  private report(message: string, line: number, endLine: number, range: TextRange): void {
    this.errors.push({ message, line, endLine, range })
  }
}

function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0
  for (let position = from; position < to; position++) {
    const code = text.charCodeAt(position)
    // Each half of a surrogate pair stands for two of the four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3
  }
  return bytes
}
