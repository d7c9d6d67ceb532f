import type { Dockerfile } from '../../shared/dockerfile/syntax.ts'
import { lineAt } from '../../shared/dockerfile/lines.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'

/** As much of a line as is shown. */
const widest = 160

/** The line that a finding begins on, with a caret under each character of it. */
export function sourceExcerpt({ text, lineStarts }: Dockerfile, range: TextRange): string {
  const line = lineAt(lineStarts, range.from)
  const start = lineStarts[line - 1] ?? 0
  const end = lineEnd(text, start)
  const shown = visible(text.slice(start, Math.min(end, start + widest)))
  const from = Math.min(range.from, end) - start
  if (from >= widest) return ''
  const to = Math.min(range.to, end, start + widest) - start
  // Tabs stay tabs, so that the carets stand where the characters do.
  const indent = Array.from(shown.slice(0, from), character => (character === '\t' ? '\t' : ' ')).join('')
  const number = String(line)
  const margin = ' '.repeat(number.length)
  return `  ${number} | ${shown}\n  ${margin} | ${indent}${'^'.repeat(Math.max(1, to - from))}\n`
}

function lineEnd(text: string, start: number): number {
  const feed = text.indexOf('\n', start)
  let end = feed < 0 ? text.length : feed
  while (end > start && text.charAt(end - 1) === '\r') end--
  return end
}

/** A terminal acts on control characters and changes of direction; here they are only shown. */
export function visible(text: string): string {
  let result = ''
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position)
    const isControl = (code < 0x20 && code !== 0x09) || (code >= 0x7f && code < 0xa0)
    const isDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
    result += isControl || isDirection ? '\uFFFD' : text.charAt(position)
  }
  return result
}
