import type { TextRange } from '../text/text-edit.ts'
import type { LogicalText } from './logical-text.ts'
import type { PlacedSection } from './section.ts'

/** `# escape=`, `# syntax=` or `# check=` in the lines before anything else. */
export interface Directive {
  readonly name: 'escape' | 'syntax' | 'check'
  readonly value: string
  /** 1-based. */
  readonly line: number
  /** From the `#` to the end of the line, without its line end. */
  readonly range: TextRange
  readonly valueRange: TextRange
}

/** One argument as BuildKit's parser splits them: quotes are still there, except in the JSON form, where they are not. */
export interface Word {
  readonly text: string
  /** In the raw text: JSON strings include their quotes; a word may span a continuation. */
  readonly range: TextRange
}

/** `--name` or `--name=value` before the first argument. */
export interface Flag {
  readonly name: string
  /** Null where there is no `=`. Quotes are removed, escapes resolved. */
  readonly value: string | null
  readonly range: TextRange
  /** What follows the `=`, as written with its quotes; null where there is no `=`. */
  readonly valueRange: TextRange | null
}

/** `KEY=value` of ENV, LABEL and ARG. Quotes are still there. */
export interface KeyValue {
  readonly key: Word
  /** Null for `ARG key`. */
  readonly value: Word | null
  /** False for the old form `ENV key value`. */
  readonly equals: boolean
}

export interface Heredoc {
  readonly name: string
  readonly fileDescriptor: number
  /** False where a part of the delimiter is quoted: the body is taken as it is. */
  readonly expand: boolean
  /** `<<-`: leading tabs of the body and the terminator do not count. */
  readonly chomp: boolean
  /** `<<EOF` on the instruction's line. */
  readonly operatorRange: TextRange
  /** The body's lines with their line ends. */
  readonly body: TextRange
  readonly content: string
  /** The line that ends the body, without its line end; null for a heredoc that never ends. */
  readonly terminatorRange: TextRange | null
}

/** The comment lines above an instruction. Blank lines do not part them from it; a bare `#` does. */
export interface CommentBlock {
  /** From the first `#` to the end of the last comment line. */
  readonly range: TextRange
  /** 1-based. */
  readonly line: number
  readonly endLine: number
  /** Without the `#` and surrounding white space; an indented comment keeps its `#`, as BuildKit does. */
  readonly lines: readonly string[]
}

export interface Instruction {
  /** Position in the file, 0-based; a trigger has that of its ONBUILD. */
  readonly index: number
  /** Upper case, also for unknown instructions. */
  readonly keyword: string
  readonly writtenKeyword: string
  readonly keywordRange: TextRange
  /** From its first character to the end of its last line, heredocs included, the final line end not. */
  readonly range: TextRange
  /** 1-based. */
  readonly line: number
  readonly endLine: number
  readonly flags: readonly Flag[]
  readonly arguments: readonly Word[]
  /** What follows keyword and flags, without white space around it; empty where there is nothing. */
  readonly argumentsRange: TextRange
  /** The same on one line, as BuildKit reads it. */
  readonly argumentsText: string
  readonly isJson: boolean
  /** ENV, LABEL and ARG; empty for the others. */
  readonly pairs: readonly KeyValue[]
  readonly heredocs: readonly Heredoc[]
  /** What ONBUILD stores, null for every other instruction. */
  readonly trigger: Instruction | null
  readonly comment: CommentBlock | null
  /** Comments and empty lines between its continued lines. */
  readonly embedded: readonly Trivia[]
  /** The joined line: continuations and embedded comments removed, with a map back to the raw text. */
  readonly logical: LogicalText
  /** `range` of the text. */
  readonly raw: string
  /**
   * The same as if the file began with it and the lines above it: one object from text to text as long as nothing in
   * it changes. What only hangs on it can be remembered by it.
   */
  readonly unplaced: Instruction
}

export interface Trivia {
  readonly kind: 'byte-order-mark' | 'directive' | 'comment' | 'blank'
  readonly range: TextRange
}

/** What BuildKit's parser refuses, in its words. */
export interface SyntaxProblem {
  readonly message: string
  /** 1-based. */
  readonly line: number
  readonly endLine: number
  readonly range: TextRange
}

/** The lossless tree of one text: trivia and instructions lie side by side and cover every character of it. */
export interface Dockerfile {
  readonly text: string
  readonly byteOrderMark: boolean
  readonly escape: '\\' | '`'
  /** The one that most lines end with: what inserted lines should use. */
  readonly lineEnding: '\n' | '\r\n'
  readonly directives: readonly Directive[]
  readonly instructions: readonly Instruction[]
  /** Those above the first FROM. */
  readonly preamble: readonly Instruction[]
  /** The preamble, be it nothing, then every FROM with what follows it. */
  readonly sections: readonly PlacedSection[]
  readonly trivia: readonly Trivia[]
  /** Those between the instruction at `index` and the one before it; behind the last one for the number of instructions. */
  triviaBefore(index: number): readonly Trivia[]
  readonly errors: readonly SyntaxProblem[]
  /** Offset at which each line starts. */
  readonly lineStarts: readonly number[]
}
