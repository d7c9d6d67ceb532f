import type { TextRange } from '../text/text-edit.ts'
import type { Passage } from './passage.ts'
import { PlacedInstruction, shiftRange } from './placed-instruction.ts'
import type { SyntaxProblem } from './syntax.ts'

/** A place in a file: characters and lines above it. */
export interface Place {
  readonly offset: number
  readonly lines: number
}

/**
 * A FROM with all up to the next one, or what stands above the first, wherever in a file it stands: the same object from
 * one text to the next as long as nothing in it changes.
 */
export class Section {
  readonly passages: readonly Passage[]
  /** From its first character. */
  readonly end: Place
  readonly isOpen: boolean
  private readonly lastOffset: number
  private foundProblems: readonly SyntaxProblem[] | null = null

  constructor(passages: readonly Passage[]) {
    let end = start
    for (const passage of passages) end = placeAfter(end, passage)
    this.passages = passages
    this.end = end
    this.isOpen = passages.some(({ isOpen }) => isOpen)
    this.lastOffset = end.offset - (passages.at(-1)?.text.length ?? 0)
  }

  /** From the start of its first instruction to the end of its last. */
  get range(): TextRange {
    const last = this.passages.at(-1)?.range.to ?? 0
    return { from: this.passages[0]?.range.from ?? 0, to: this.lastOffset + last }
  }

  get problems(): readonly SyntaxProblem[] {
    if (this.foundProblems === null) {
      let place = start
      this.foundProblems = this.passages.flatMap(passage => {
        const problems = placedProblems(passage.problems, place)
        place = placeAfter(place, passage)
        return problems
      })
    }
    return this.foundProblems
  }
}

/** A section at its place in a file. Where its instructions lie is worked out when asked. */
export class PlacedSection implements Place {
  readonly section: Section
  /** Of its first instruction, among those of the file. */
  readonly index: number
  readonly offset: number
  readonly lines: number
  private placed: readonly PlacedInstruction<Passage>[] | null = null

  constructor(section: Section, index: number, offset: number, lines: number) {
    this.section = section
    this.index = index
    this.offset = offset
    this.lines = lines
  }

  get instructions(): readonly PlacedInstruction<Passage>[] {
    if (this.placed === null) {
      let place: Place = { offset: this.offset, lines: this.lines }
      this.placed = this.section.passages.map((passage, at) => {
        const instruction = new PlacedInstruction(passage, this.index + at, place.offset, place.lines)
        place = placeAfter(place, passage)
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
    const { offset, lines } = this.section.end
    return { offset: this.offset + offset, lines: this.lines + lines }
  }

  get problems(): readonly SyntaxProblem[] {
    return placedProblems(this.section.problems, this)
  }
}

export const start: Place = { offset: 0, lines: 0 }
const nothing: readonly never[] = []

export function placeAfter({ offset, lines }: Place, passage: Passage): Place {
  return { offset: offset + passage.text.length, lines: lines + passage.endLine }
}

export function placedProblems(problems: readonly SyntaxProblem[], { offset, lines }: Place): readonly SyntaxProblem[] {
  return problems.length === 0
    ? nothing
    : problems.map(({ message, line, endLine, range }) => ({
        message,
        line: line + lines,
        endLine: endLine + lines,
        range: shiftRange(range, offset),
      }))
}
