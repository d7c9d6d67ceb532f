import type { TextRange } from '../text/text-edit.ts'
import type { LogicalText } from './logical-text.ts'
import type { CommentBlock, Flag, Heredoc, Instruction, KeyValue, Trivia, Word } from './syntax.ts'

/** What is known of an instruction before it is read. */
type Outlined = Pick<Instruction, 'keyword' | 'range' | 'line' | 'endLine' | 'unplaced'>
type Mutable<T> = { -readonly [Key in keyof T]?: T[Key] }

/** An instruction at its place in a file. A file has thousands of them: where its parts lie is worked out when asked. */
export class PlacedInstruction<Source extends Outlined = Outlined> implements Instruction {
  readonly index: number
  readonly source: Source
  /** How far the file's place lies behind that of the source, in characters and lines. */
  readonly offset: number
  readonly lines: number
  private placed: Mutable<Instruction> | null = null

  constructor(source: Source, index: number, offset: number, lines: number) {
    this.source = source
    this.index = index
    this.offset = offset
    this.lines = lines
  }

  get unplaced(): Instruction {
    return this.source.unplaced
  }

  get keyword(): string {
    return this.source.keyword
  }

  get range(): TextRange {
    return shiftRange(this.source.range, this.offset)
  }

  get line(): number {
    return this.source.line + this.lines
  }

  get endLine(): number {
    return this.source.endLine + this.lines
  }

  get writtenKeyword(): string {
    return this.unplaced.writtenKeyword
  }

  get keywordRange(): TextRange {
    return shiftRange(this.unplaced.keywordRange, this.offset)
  }

  get argumentsRange(): TextRange {
    return shiftRange(this.unplaced.argumentsRange, this.offset)
  }

  get argumentsText(): string {
    return this.unplaced.argumentsText
  }

  get isJson(): boolean {
    return this.unplaced.isJson
  }

  get raw(): string {
    return this.unplaced.raw
  }

  get flags(): readonly Flag[] {
    return (this.cache.flags ??= this.unplaced.flags.map(({ name, value, range, valueRange }) => ({
      name,
      value,
      range: shiftRange(range, this.offset),
      valueRange: valueRange === null ? null : shiftRange(valueRange, this.offset),
    })))
  }

  get arguments(): readonly Word[] {
    return (this.cache.arguments ??= this.unplaced.arguments.map(word => this.word(word)))
  }

  get pairs(): readonly KeyValue[] {
    return (this.cache.pairs ??= this.unplaced.pairs.map(({ key, value, equals }) => ({
      key: this.word(key),
      value: value === null ? null : this.word(value),
      equals,
    })))
  }

  get heredocs(): readonly Heredoc[] {
    return (this.cache.heredocs ??= this.unplaced.heredocs.map(heredoc => ({
      ...heredoc,
      operatorRange: shiftRange(heredoc.operatorRange, this.offset),
      body: shiftRange(heredoc.body, this.offset),
      terminatorRange: heredoc.terminatorRange === null ? null : shiftRange(heredoc.terminatorRange, this.offset),
    })))
  }

  get trigger(): Instruction | null {
    // Most instructions need not be read to know that they store none.
    if (this.keyword !== 'ONBUILD') return null
    const { trigger } = this.unplaced
    if (trigger === null) return null
    return (this.cache.trigger ??= new PlacedInstruction(trigger, this.index, this.offset, this.lines))
  }

  get comment(): CommentBlock | null {
    if (this.cache.comment === undefined) {
      const { comment } = this.unplaced
      this.cache.comment =
        comment === null
          ? null
          : {
              range: shiftRange(comment.range, this.offset),
              line: comment.line + this.lines,
              endLine: comment.endLine + this.lines,
              lines: comment.lines,
            }
    }
    return this.cache.comment
  }

  get embedded(): readonly Trivia[] {
    return (this.cache.embedded ??= this.unplaced.embedded.map(({ kind, range }) => ({
      kind,
      range: shiftRange(range, this.offset),
    })))
  }

  get logical(): LogicalText {
    const { text, from, seams } = this.unplaced.logical
    return (this.cache.logical ??= {
      text,
      from: from + this.offset,
      seams: seams.map(seam => ({ at: seam.at, from: seam.from + this.offset })),
    })
  }

  private get cache(): Mutable<Instruction> {
    return (this.placed ??= {})
  }

  private word({ text, range }: Word): Word {
    return { text, range: shiftRange(range, this.offset) }
  }
}

export function shiftRange({ from, to }: TextRange, offset: number): TextRange {
  return { from: from + offset, to: to + offset }
}
