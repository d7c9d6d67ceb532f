import { ArrowDownToLine, ChevronDown, ChevronUp, Copy, Download, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { plainText } from '../../shared/builds/ansi.ts'
import { logLength, logLines, type LogBuffer } from '../../shared/builds/log-buffer.ts'
import { IconButton } from '../ui/controls.tsx'
import { formatCount } from '../ui/quantities.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { LogSearch } from './log-search.ts'
import { LogText } from './LogText.tsx'

interface LogPaneProps {
  readonly vertex: string
  /** What the log is of, for its heading and the name of a saved file. */
  readonly title: string
  readonly log: LogBuffer
  /** What stands in place of an empty log: a sentence. */
  readonly silence: string
}

const lineHeight = 18

/** The output of one step, whole: only the lines in sight are in the page. */
export function LogPane({ vertex, title, log, silence }: LogPaneProps) {
  const lastTop = useRef(0)
  const [follow, setFollow] = useState(true)
  const [query, setQuery] = useState('')
  /** Which match was gone to; -1 before the first. */
  const [at, setAt] = useState(-1)
  const [search] = useState(() => new LogSearch())
  const wanted = useDeferredValue(query)
  const matches = search.find(log, vertex, wanted)
  const length = logLength(log)
  const { ref, element, first, end, reveal } = useRowWindow(length, lineHeight)

  useEffect(() => {
    if (follow && element !== null) element.scrollTo({ top: element.scrollHeight })
  }, [element, follow, length, vertex])

  const goTo = (next: number) => {
    if (matches.length === 0) return
    const match = (next + matches.length) % matches.length
    setAt(match)
    setFollow(false)
    reveal(matches[match] ?? 0, 'middle')
  }
  const searchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') goTo(event.shiftKey ? Math.max(at, 0) - 1 : at + 1)
    else if (event.key === 'Escape') setQuery('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const whole = () =>
    logLines(log)
      .map(line => plainText(line.text))
      .join('\n') + '\n'

  const current = matches[at]
  return (
    <div className="log-pane">
      <div className="log-tools">
        <span className="log-title code" title={title}>
          {title}
        </span>
        <label className="log-search">
          <Search size={16} aria-hidden />
          <input
            className="field"
            type="search"
            placeholder="Search this log"
            aria-label="Search this log"
            value={query}
            onChange={event => {
              setQuery(event.target.value)
              setAt(-1)
            }}
            onKeyDown={searchKey}
          />
        </label>
        {query !== '' && (
          <>
            <span className="log-matches" role="status">
              {matches.length === 0
                ? 'No line'
                : at < 0
                  ? formatCount(matches.length, 'line')
                  : `${Math.min(at, matches.length - 1) + 1} of ${matches.length}`}
            </span>
            <IconButton icon={ChevronUp} label="Previous match" onClick={() => goTo(Math.max(at, 0) - 1)} />
            <IconButton icon={ChevronDown} label="Next match" onClick={() => goTo(at + 1)} />
          </>
        )}
        <IconButton
          icon={ArrowDownToLine}
          label="Follow the end of the log"
          pressed={follow}
          onClick={() => setFollow(!follow)}
        />
        <IconButton
          icon={Copy}
          label="Copy this log"
          disabled={length === 0}
          onClick={() => void navigator.clipboard.writeText(whole())}
        />
        <IconButton
          icon={Download}
          label="Save this log"
          disabled={length === 0}
          onClick={() => saveText(`${fileName(title)}.log`, whole())}
        />
      </div>
      {log.dropped > 0 && (
        <p className="log-dropped">The first {formatCount(log.dropped, 'line')} of this step are no longer kept.</p>
      )}
      <div
        ref={ref}
        className="log-lines code"
        role="log"
        aria-live="off"
        aria-label={`Log of ${title}`}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          if (scrollTop + clientHeight > scrollHeight - lineHeight) setFollow(true)
          else if (scrollTop < lastTop.current) setFollow(false)
          lastTop.current = scrollTop
        }}
      >
        {length === 0 && <p className="log-silence">{silence}</p>}
        <div className="log-canvas" style={{ height: length * lineHeight }}>
          <div className="log-window" style={{ transform: `translateY(${first * lineHeight}px)` }}>
            {logLines(log, first, end).map((line, index) => (
              <div
                key={log.dropped + first + index}
                className="log-line"
                data-current={first + index === current && query !== '' ? '' : undefined}
              >
                <span className="log-number">{log.dropped + first + index + 1}</span>
                <LogText text={line.text} query={wanted.toLowerCase()} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}

function fileName(title: string): string {
  const plain = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 60) || 'step'
}
