import type { HeredocOperator } from './heredocs.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import { isBlank } from './characters.ts'
import { countLines, lineEnd, nextLine } from './lines.ts'
import type { Heredoc } from './syntax.ts'

/** What follows the line that announces heredocs. Offsets count from where the passage starts. */
export interface HeredocBodies {
  readonly heredocs: readonly Heredoc[]
  readonly from: number
  /** End of the last line that belongs to them. */
  readonly end: number
  /** Start of the line after it. */
  readonly next: number
  /** How many lines they have. */
  readonly lines: number
  readonly isUnterminated: boolean
}

/** Finds where heredocs end. Remembers what it looked for in vain, so that the whole file costs one pass. */
export class HeredocReader {
  private readonly text: string
  private readonly missing = new Set<string>()

  constructor(text: string) {
    this.text = text
  }

  /** Reads the bodies that follow a line by its `end` and the start of the `next`, in order. `origin` is where its passage starts. */
  read(
    operators: readonly HeredocOperator[],
    logical: LogicalText,
    origin: number,
    end: number,
    next: number,
  ): HeredocBodies {
    const { text } = this
    const from = next
    const heredocs: Heredoc[] = []
    let isUnterminated = false
    for (const operator of operators) {
      const found = this.terminator(operator, next)
      const stop = found ?? this.recovery(next)
      const bodyTo = found ?? this.endBefore(stop, next, end)
      const bodyFrom = Math.min(bodyTo, next)
      end = found === null ? bodyTo : lineEnd(text, found, nextLine(text, found))
      next = found === null ? stop : nextLine(text, found)
      heredocs.push({
        name: operator.name,
        fileDescriptor: operator.fileDescriptor,
        expand: operator.expand,
        chomp: operator.chomp,
        operatorRange: rawRange(logical, operator.from, operator.to),
        body: { from: bodyFrom - origin, to: bodyTo - origin },
        content: text.slice(bodyFrom, bodyTo),
        terminatorRange: found === null ? null : { from: found - origin, to: end - origin },
      })
      isUnterminated = found === null
      if (isUnterminated) break
    }
    const lines = countLines(text, from, next)
    return { heredocs, from: from - origin, end: end - origin, next: next - origin, lines, isUnterminated }
  }

  /** Start of the line that ends the body beginning at `first`; null where there is none. */
  private terminator({ chomp, name }: HeredocOperator, first: number): number | null {
    const key = `${chomp ? '-' : ' '}${name}`
    if (this.missing.has(key)) return null
    const { text } = this
    for (let line = first; line < text.length;) {
      const next = nextLine(text, line)
      const end = lineEnd(text, line, next)
      let start = line
      if (chomp) while (start < end && text.charAt(start) === '\t') start++
      if (end - start === name.length && text.startsWith(name, start)) return line
      line = next
    }
    this.missing.add(key)
    return null
  }

  /**
   * BuildKit gives the file up here. Slipway takes the body to end before the next FROM, so that one missing delimiter
   * does not swallow every stage that follows.
   */
  private recovery(first: number): number {
    const { text } = this
    for (let line = first; line < text.length;) {
      const next = nextLine(text, line)
      if (
        isBlank(text.charCodeAt(line + 4)) &&
        text.slice(line, line + 4).toUpperCase() === 'FROM' &&
        line + 5 <= lineEnd(text, line, next)
      )
        return line
      line = next
    }
    return text.length
  }

  /** The last line end of a file or instruction belongs to neither: an unended body stops before it. */
  private endBefore(stop: number, first: number, otherwise: number): number {
    if (stop <= first) return otherwise
    return lineEnd(this.text, stop < 2 ? 0 : this.text.lastIndexOf('\n', stop - 2) + 1, stop)
  }
}
