import { skipSpaces } from './characters.ts'
import { lineEnd, nextLine } from './lines.ts'
import type { Trivia } from './syntax.ts'

/**
 * What lies between two instructions, before the first or behind the last, in order and without a gap. Up to `headerTo`
 * all lines are directives.
 */
export function triviaBetween(text: string, from: number, to: number, headerTo: number): Trivia[] {
  const trivia: Trivia[] = []
  let covered = from
  const cover = (kind: Trivia['kind'], end: number): void => {
    if (end > covered) trivia.push({ kind, range: { from: covered, to: end } })
    covered = Math.max(covered, end)
  }
  if (from === 0 && text.charCodeAt(0) === 0xfeff) cover('byte-order-mark', 1)
  for (let start = covered; start < to;) {
    const next = nextLine(text, start)
    const end = Math.min(to, lineEnd(text, start, next))
    const content = skipSpaces(text, start, end)
    if (content < end) {
      cover('blank', content)
      cover(start < headerTo ? 'directive' : 'comment', end)
    }
    start = next
  }
  cover('blank', to)
  return trivia
}
