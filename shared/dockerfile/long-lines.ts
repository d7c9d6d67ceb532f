import { lineEnd, nextLine } from './lines.ts'
import type { SyntaxProblem } from './syntax.ts'

/** BuildKit reads at most this many bytes as one line, the line end included. */
const longestLine = 65_536

/** Whether so many characters may be too many for a line: each is at most three bytes per code unit. */
export function mayBeTooLong(length: number): boolean {
  return length * 3 >= longestLine
}

/** The lines between `from`, where one starts, and `to` that BuildKit cannot read. Lines are counted from 1 at `from`. */
export function longLines(text: string, from: number, to: number): SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  let line = 1
  for (let start = from; start < to; line++) {
    const next = nextLine(text, start)
    const bytes = mayBeTooLong(next - start) ? utf8Length(text, start, next) : 0
    if (bytes > longestLine || (bytes === longestLine && text.charAt(next - 1) !== '\n')) {
      const message = `dockerfile line greater than max allowed size of ${longestLine - 1}`
      problems.push({ message, line, endLine: line, range: { from: start, to: lineEnd(text, start, next) } })
    }
    start = next
  }
  return problems
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
