import type { TextRange } from '../text/text-edit.ts'
import type { Passage } from './passage.ts'
import { PlacedInstruction, shiftRange } from './placed-instruction.ts'
import type { SyntaxProblem } from './syntax.ts'

/** A place in a file: how many instructions, characters and lines lie above it. */
export interface Place {
  readonly index: number
  readonly offset: number
  readonly lines: number
}

export const start: Place = { index: 0, offset: 0, lines: 0 }

/**
 * A FROM with all up to the next one, or what stands above the first, wherever in a file it stands: the same object from
 * one text to the next as long as nothing in it changes.
 */
export class Section {
  readonly passages: readonly Passage[]
  /** How many characters and lines it has. */
  readonly length: number
  readonly lines: number
  private foundProblems: readonly SyntaxProblem[] | null = null

  constructor(passages: readonly Passage[]) {
    let [length, lines] = [0, 0]
    for (const passage of passages) {
      length += passage.text.length
      lines += passage.endLine
    }
    this.passages = passages
    this.length = length
    this.lines = lines
  }

  /** Whether what comes after it has a say in what it is: nothing follows a passage of which that is so. */
  get isOpen(): boolean {
    return this.passages.at(-1)?.isOpen === true
  }

  /** From the start of its first instruction to the end of its last. */
  get range(): TextRange {
    const last = this.passages.at(-1)
    return {
      from: this.passages[0]?.from ?? 0,
      to: last === undefined ? 0 : this.length - last.text.length + last.range.to,
    }
  }

  get problems(): readonly SyntaxProblem[] {
    if (this.foundProblems === null) {
      let [offset, lines] = [0, 0]
      this.foundProblems = this.passages.flatMap(passage => {
        const problems = placedProblems(passage.problems, offset, lines)
        offset += passage.text.length
        lines += passage.endLine
        return problems
      })
    }
    return this.foundProblems
  }
}

/** A section at its place in a file. Where its instructions lie is worked out when asked. */
export class PlacedSection implements Place {
  readonly section: Section
  readonly index: number
  readonly offset: number
  readonly lines: number
  private placed: readonly PlacedInstruction<Passage>[] | null = null

  constructor(section: Section, { index, offset, lines }: Place) {
    this.section = section
    this.index = index
    this.offset = offset
    this.lines = lines
  }

  get instructions(): readonly PlacedInstruction<Passage>[] {
    if (this.placed === null) {
      let { index, offset, lines } = this
      this.placed = this.section.passages.map(passage => {
        const instruction = new PlacedInstruction(passage, index++, offset, lines)
        offset += passage.text.length
        lines += passage.endLine
        return instruction
      })
    }
    return this.placed
  }

  get range(): TextRange {
    return shiftRange(this.section.range, this.offset)
  }

  /** Where the next section starts. */
  get end(): Place {
    const { passages, length, lines } = this.section
    return { index: this.index + passages.length, offset: this.offset + length, lines: this.lines + lines }
  }

  get problems(): readonly SyntaxProblem[] {
    return placedProblems(this.section.problems, this.offset, this.lines)
  }
}

const nothing: readonly never[] = []

export function placedProblems(
  problems: readonly SyntaxProblem[],
  offset: number,
  lines: number,
): readonly SyntaxProblem[] {
  return problems.length === 0
    ? nothing
    : problems.map(({ message, line, endLine, range }) => ({
        message,
        line: line + lines,
        endLine: endLine + lines,
        range: shiftRange(range, offset),
      }))
}
