import { memo, type ReactNode } from 'react'
import { ansiSpans, type AnsiStyle } from '../../shared/builds/ansi.ts'

interface LogTextProps {
  readonly text: string
  /** Lower case; '' marks nothing. */
  readonly query: string
}

/** One line of output in its colours, with what was searched for marked. */
export const LogText = memo(function LogText({ text, query }: LogTextProps) {
  const spans = ansiSpans(text)
  const marked = query === '' ? [] : occurrences(spans.map(span => span.text).join(''), query)
  let offset = 0
  return spans.map((span, index) => {
    const from = offset
    offset += span.text.length
    return (
      <span key={index} className="log-span" {...look(span.style)}>
        {marked.length === 0 ? span.text : withMarks(span.text, from, marked, query.length)}
      </span>
    )
  })
})

function occurrences(text: string, query: string): readonly number[] {
  const lower = text.toLowerCase()
  const found: number[] = []
  for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, at + query.length)) found.push(at)
  return found
}

/** A match may begin in one run of colour and end in the next. */
function withMarks(text: string, from: number, marked: readonly number[], length: number): readonly ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const mark of marked) {
    const start = Math.max(0, mark - from)
    const end = Math.min(text.length, mark + length - from)
    if (end <= start) continue
    if (start > at) parts.push(text.slice(at, start))
    parts.push(<mark key={mark}>{text.slice(start, end)}</mark>)
    at = end
  }
  parts.push(text.slice(at))
  return parts
}

function look(style: AnsiStyle): Readonly<Record<`data-${string}`, string | number | undefined>> {
  const weight = style.bold ? 'bold' : style.dim ? 'dim' : undefined
  return {
    'data-colour': (style.inverse ? style.background : style.colour) ?? undefined,
    'data-background': (style.inverse ? (style.colour ?? 'ink') : style.background) ?? undefined,
    'data-weight': weight,
    'data-italic': style.italic ? '' : undefined,
    'data-underline': style.underline ? '' : undefined,
  }
}
