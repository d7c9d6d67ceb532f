import { changedSpan } from '../text/changed-span.ts'
import { readHeader, type Header } from './directives.ts'
import { commonLineEnding, countLines, lineStarts } from './lines.ts'
import { longLines } from './long-lines.ts'
import type { Passage } from './passage.ts'
import { PassageReader } from './passage-reader.ts'
import { PlacedInstruction, shiftRange } from './placed-instruction.ts'
import type { Directive, Dockerfile, SyntaxProblem, Trivia } from './syntax.ts'
import { triviaBetween } from './trivia.ts'

/**
 * Reads any text at all. Never throws; what BuildKit's parser refuses is among `errors`, and the rest is read on. With
 * the file as it was before a change, only what changed is read: the result is the same.
 */
export function parseDockerfile(text: string, previous: Dockerfile | null = null): Dockerfile {
  return read(text, previous instanceof ReadDockerfile ? previous : null)
}

type Instructions = readonly PlacedInstruction<Passage>[]

/** The outline of a file. Everything else is worked out when it is asked for. */
class ReadDockerfile implements Dockerfile {
  readonly text: string
  readonly header: Header
  readonly instructions: Instructions
  private foundErrors: readonly SyntaxProblem[] | null = null
  private foundTrivia: readonly Trivia[] | null = null
  private foundLineStarts: readonly number[] | null = null

  constructor(text: string, header: Header, instructions: Instructions) {
    this.text = text
    this.header = header
    this.instructions = instructions
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
    const { text, header, instructions } = this
    const errors = [...header.problems]
    for (const { source, offset, lines } of instructions)
      for (const problem of source.problems) errors.push(placeProblem(problem, offset, lines))
    const { offset, lines } = placeAfter(instructions.at(-1))
    for (const problem of longLines(text, offset, text.length)) errors.push(placeProblem(problem, 0, lines))
    if (instructions.length === 0) {
      const line = Math.max(1, countLines(text, 0, text.length))
      errors.push({ message: 'file with no instructions', line, endLine: line, range: { from: 0, to: text.length } })
    }
    return errors
  }
}

function placeProblem({ message, line, endLine, range }: SyntaxProblem, offset: number, lines: number): SyntaxProblem {
  return { message, line: line + lines, endLine: endLine + lines, range: shiftRange(range, offset) }
}

type Place = Pick<PlacedInstruction, 'offset' | 'lines'>

/** Where the next passage starts. */
function placeAfter(instruction: PlacedInstruction<Passage> | undefined): Place {
  if (instruction === undefined) return { offset: 0, lines: 0 }
  return { offset: instruction.offset + instruction.source.text.length, lines: instruction.endLine }
}

/** Keeps what lies before the change, reads on from there, and takes up the old passages where it is in step with them. */
function read(text: string, previous: ReadDockerfile | null): Dockerfile {
  const span = changedSpan(previous?.text ?? '', text)
  const old = previous?.instructions ?? []
  const instructions = old.slice(0, untouched(old, span.start))
  const header = previous === null || instructions.length === 0 ? readHeader(text) : previous.header
  const reader = new PassageReader(text, header.escape, previous !== null)
  const moved = text.length - (previous?.text.length ?? 0)
  // The first passage stands below directives, which no other does.
  let next = header.escape === previous?.header.escape ? Math.max(1, instructions.length) : old.length
  let place = placeAfter(instructions.at(-1))
  for (;;) {
    let candidate = old[next]
    while (candidate !== undefined && (candidate.offset < span.beforeEnd || candidate.offset + moved < place.offset))
      candidate = old[++next]
    if (instructions.length > 0 && candidate !== undefined && candidate.offset + moved === place.offset) break
    const passage = instructions.length === 0 ? reader.read(0, header.to, header.lines) : reader.read(place.offset)
    if (passage === null) break
    const instruction = new PlacedInstruction(passage, instructions.length, place.offset, place.lines)
    instructions.push(instruction)
    place = placeAfter(instruction)
  }
  const first = instructions.length === 0 ? undefined : old[next]
  // Nothing follows where no passage was found.
  if (first !== undefined && first.offset + moved === place.offset) {
    const lines = place.lines - first.lines
    const index = instructions.length - next
    for (const instruction of old.slice(next))
      instructions.push(
        moved === 0 && lines === 0 && index === 0
          ? instruction
          : new PlacedInstruction(
              instruction.source,
              instruction.index + index,
              instruction.offset + moved,
              instruction.lines + lines,
            ),
      )
  }
  return new ReadDockerfile(text, header, instructions)
}

/** How many passages at the start a change at `position` cannot have changed. */
function untouched(instructions: Instructions, position: number): number {
  let count = 0
  for (const { offset, source } of instructions) {
    const { text, isOpen } = source
    if (isOpen || offset + text.length > position) break
    count++
  }
  return count
}
