import type { HeredocOperator } from './heredocs.ts'
import { rawRange, type LogicalText } from './logical-text.ts'
import { isBlank } from './characters.ts'
import type { PhysicalLines } from './lines.ts'
import type { Heredoc } from './syntax.ts'

export interface HeredocBodies {
  readonly heredocs: readonly Heredoc[]
  /** Index of the last line that belongs to them. */
  readonly last: number
  readonly unterminated: boolean
}

/** Finds where heredocs end. Remembers what it looked for in vain, so that the whole file costs one pass. */
export class HeredocReader {
  private readonly text: string
  private readonly lines: PhysicalLines
  private readonly missing = new Set<string>()

  constructor(text: string, lines: PhysicalLines) {
    this.text = text
    this.lines = lines
  }

  /** Reads the bodies that follow line `after`, in order. */
  read(operators: readonly HeredocOperator[], logical: LogicalText, after: number): HeredocBodies {
    const heredocs: Heredoc[] = []
    let last = after
    for (const operator of operators) {
      const first = last + 1
      const found = this.terminator(operator, first)
      const end = found < 0 ? this.recovery(first) : found
      // The last line end of a file or instruction belongs to neither: an unended body stops before it.
      const bodyTo = found < 0 ? (this.lines.ends[end - 1] ?? this.text.length) : (this.lines.starts[found] ?? 0)
      const bodyFrom = Math.min(bodyTo, this.lines.starts[first] ?? this.text.length)
      heredocs.push({
        name: operator.name,
        fileDescriptor: operator.fileDescriptor,
        expand: operator.expand,
        chomp: operator.chomp,
        operatorRange: rawRange(logical, operator.from, operator.to),
        body: { from: bodyFrom, to: bodyTo },
        content: this.text.slice(bodyFrom, bodyTo),
        terminatorRange: found < 0 ? null : { from: this.lines.starts[found] ?? 0, to: this.lines.ends[found] ?? 0 },
      })
      if (found < 0) return { heredocs, last: end - 1, unterminated: true }
      last = found
    }
    return { heredocs, last, unterminated: false }
  }

  private terminator(operator: HeredocOperator, first: number): number {
    const key = `${operator.chomp ? '-' : ' '}${operator.name}`
    if (this.missing.has(key)) return -1
    const { starts, ends } = this.lines
    for (let index = first; index < starts.length; index++) {
      const end = ends[index] ?? 0
      let start = starts[index] ?? 0
      if (operator.chomp) while (start < end && this.text.charAt(start) === '\t') start++
      if (end - start === operator.name.length && this.text.startsWith(operator.name, start)) return index
    }
    this.missing.add(key)
    return -1
  }

  /**
   * BuildKit gives the file up here. Slipway takes the body to end before the next FROM, so that one missing delimiter
   * does not swallow every stage that follows.
   */
  private recovery(first: number): number {
    const { starts, ends } = this.lines
    for (let index = first; index < starts.length; index++) {
      const start = starts[index] ?? 0
      if (
        start + 5 <= (ends[index] ?? 0) &&
        isBlank(this.text.charCodeAt(start + 4)) &&
        this.text.slice(start, start + 4).toUpperCase() === 'FROM'
      )
        return index
    }
    return starts.length
  }
}
