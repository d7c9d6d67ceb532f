import { readHeader, type Header } from './directives.ts'
import { commonLineEnding, countLines, lineStarts } from './lines.ts'
import { longLines } from './long-lines.ts'
import { readSections } from './read-sections.ts'
import { placedProblems, type PlacedSection } from './section.ts'
import type { Directive, Dockerfile, Instruction, SyntaxProblem, Trivia } from './syntax.ts'
import { triviaBetween } from './trivia.ts'

/**
 * Reads any text at all. Never throws; what BuildKit's parser refuses is among `errors`, and the rest is read on. With
 * the file as it was before a change, only what changed is read: the result is the same.
 */
export function parseDockerfile(text: string, previous: Dockerfile | null = null): Dockerfile {
  const header = readHeader(text)
  return new ReadDockerfile(
    text,
    header,
    readSections(text, header, previous instanceof ReadDockerfile ? previous : null),
  )
}

/** The outline of a file. Everything else is worked out when it is asked for. */
class ReadDockerfile implements Dockerfile {
  readonly text: string
  readonly header: Header
  readonly sections: readonly PlacedSection[]
  private foundInstructions: readonly Instruction[] | null = null
  private foundErrors: readonly SyntaxProblem[] | null = null
  private foundTrivia: readonly Trivia[] | null = null
  private foundLineStarts: readonly number[] | null = null

  constructor(text: string, header: Header, sections: readonly PlacedSection[]) {
    this.text = text
    this.header = header
    this.sections = sections
  }

  get instructions(): readonly Instruction[] {
    return (this.foundInstructions ??= this.sections.flatMap(({ instructions }) => instructions))
  }

  get preamble(): readonly Instruction[] {
    return this.sections[0]?.instructions ?? []
  }

  get byteOrderMark(): boolean {
    return this.header.byteOrderMark
  }

  get escape(): Header['escape'] {
    return this.header.escape
  }

  get directives(): readonly Directive[] {
    return this.header.directives
  }

  get lineEnding(): '\n' | '\r\n' {
    return commonLineEnding(this.text)
  }

  get lineStarts(): readonly number[] {
    return (this.foundLineStarts ??= lineStarts(this.text))
  }

  get trivia(): readonly Trivia[] {
    return (this.foundTrivia ??= Array.from({ length: this.instructions.length + 1 }, (_, index) =>
      this.triviaBefore(index),
    ).flat())
  }

  get errors(): readonly SyntaxProblem[] {
    return (this.foundErrors ??= this.findErrors())
  }

  triviaBefore(index: number): readonly Trivia[] {
    const { text, instructions, header } = this
    const from = instructions[index - 1]?.range.to ?? 0
    return triviaBetween(text, from, instructions[index]?.range.from ?? text.length, header.to)
  }

  private findErrors(): readonly SyntaxProblem[] {
    const { text, header, sections } = this
    const errors = [...header.problems]
    for (const section of sections) errors.push(...section.problems)
    const { offset, lines } = sections.at(-1)?.end ?? { offset: 0, lines: 0 }
    errors.push(...placedProblems(longLines(text, offset, text.length), 0, lines))
    if (offset === 0) {
      const line = Math.max(1, countLines(text, 0, text.length))
      errors.push({ message: 'file with no instructions', line, endLine: line, range: { from: 0, to: text.length } })
    }
    return errors
  }
}
