import { ArrowDownToLine, ChevronDown, ChevronUp, Copy, Download, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { plainText } from '../../shared/builds/ansi.ts'
import { logLines } from '../../shared/builds/log-buffer.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { formatCount } from '../ui/quantities.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { LogText } from './LogText.tsx'
import { useLogMatches, type LogMatches } from './use-log-matches.ts'
import { useWholeLog, type WholeLogOptions } from './use-whole-log.ts'

interface LogPaneProps extends WholeLogOptions {
  /** What the log is of, for its heading and the name of a saved file. */
  readonly title: string
  /** What stands in place of an empty log: a sentence. */
  readonly silence: string
}

const lineHeight = 18
/** Lines that can be scrolled through at once: no browser scrolls through ten million. */
const rangeLines = 100_000

/** The output of one step, whole: only the lines in sight are in the page. */
export function LogPane({ title, silence, ...options }: LogPaneProps) {
  const { vertex } = options
  const log = useWholeLog(options)
  const lastTop = useRef(0)
  const [follow, setFollow] = useState(true)
  const [query, setQuery] = useState('')
  /** Which match was gone to; -1 before the first. */
  const [at, setAt] = useState(-1)
  const wanted = useDeferredValue(query)
  const found = useLogMatches(log, vertex, wanted)
  const matches = found.lines
  /** The first line of the range that was chosen of a step; the last range where none was. */
  const [choice, setChoice] = useState<{ readonly of: string; readonly begin: number | null } | null>(null)
  const chosen = choice?.of === vertex ? choice.begin : null
  const setChosen = (begin: number | null) => setChoice({ of: vertex, begin })
  const begin = Math.max(log.lowest, Math.min(chosen ?? Infinity, log.end - rangeLines))
  const length = Math.min(log.end - begin, rangeLines)
  const { ref, element, first, end, reveal } = useRowWindow(length, lineHeight)
  const { want } = log
  useEffect(() => want(begin + first, begin + end), [want, begin, first, end])

  const current = matches[at]
  const target = current === undefined || query === '' ? null : current - begin
  useEffect(() => {
    if (target !== null) reveal(target, 'middle')
  }, [target, reveal])

  useEffect(() => {
    if (follow && element !== null) element.scrollTo({ top: element.scrollHeight })
  }, [element, follow, length, vertex])

  const goTo = (next: number) => {
    if (matches.length === 0) return
    const match = (next + matches.length) % matches.length
    setAt(match)
    setFollow(false)
    const number = matches[match] ?? 0
    setChosen(number >= begin && number < begin + length ? begin : Math.max(0, number - rangeLines / 2))
  }
  const turn = (lines: number) => {
    setFollow(false)
    setChosen(begin + lines < log.end - rangeLines ? Math.max(log.lowest, begin + lines) : null)
  }
  const searchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') goTo(event.shiftKey ? Math.max(at, 0) - 1 : at + 1)
    else if (event.key === 'Escape') setQuery('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const whole = async (): Promise<readonly Blob[]> => {
    const text = log.text?.()
    if (text === undefined) return [new Blob(logLines(log.memory).map(line => `${plainText(line.text)}\n`))]
    const parts: Blob[] = []
    // The browser keeps these outside of the page, on disk where they are many.
    for await (const part of text) parts.push(new Blob([part.text]))
    return parts
  }

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
              {matchWords(found, at)}
            </span>
            <IconButton icon={ChevronUp} label="Previous match" onClick={() => goTo(Math.max(at, 0) - 1)} />
            <IconButton icon={ChevronDown} label="Next match" onClick={() => goTo(at + 1)} />
          </>
        )}
        <IconButton
          icon={ArrowDownToLine}
          label="Follow the end of the log"
          pressed={follow}
          onClick={() => {
            setChosen(null)
            setFollow(!follow)
          }}
        />
        <IconButton
          icon={Copy}
          label="Copy this log"
          disabled={length === 0}
          onClick={() =>
            void whole().then(parts => new Blob([...parts]).text().then(text => navigator.clipboard.writeText(text)))
          }
        />
        <IconButton
          icon={Download}
          label="Save this log"
          disabled={length === 0}
          onClick={() => void whole().then(parts => saveText(`${fileName(title)}.log`, parts))}
        />
      </div>
      {log.lowest > 0 && (
        <p className="log-dropped">The first {formatCount(log.lowest, 'line')} of this step are no longer kept.</p>
      )}
      {log.end - log.lowest > rangeLines && (
        <p className="log-range">
          Lines {(begin + 1).toLocaleString('en')} to {(begin + length).toLocaleString('en')} of{' '}
          {log.end.toLocaleString('en')}
          <Button disabled={begin === log.lowest} onClick={() => turn(-rangeLines / 2)}>
            Earlier lines
          </Button>
          <Button disabled={begin + length === log.end} onClick={() => turn(rangeLines / 2)}>
            Later lines
          </Button>
        </p>
      )}
      <div
        ref={ref}
        className="log-lines code"
        role="log"
        aria-live="off"
        aria-label={`Log of ${title}`}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          if (scrollTop + clientHeight > scrollHeight - lineHeight && begin + length === log.end) setFollow(true)
          else if (scrollTop < lastTop.current) setFollow(false)
          lastTop.current = scrollTop
        }}
      >
        {length === 0 && <p className="log-silence">{silence}</p>}
        <div className="log-canvas" style={{ height: length * lineHeight }}>
          <div className="log-window" style={{ transform: `translateY(${first * lineHeight}px)` }}>
            {Array.from({ length: Math.max(0, end - first) }, (_, index) => begin + first + index).map(number => (
              <div key={number} className="log-line" data-current={number === current && query !== '' ? '' : undefined}>
                <span className="log-number">{number + 1}</span>
                <LogText text={log.line(number)} query={wanted.toLowerCase()} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

function saveText(name: string, parts: readonly Blob[]): void {
  const address = URL.createObjectURL(new Blob([...parts], { type: 'text/plain' }))
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

/** "1 of 12", or how many lines match where none was gone to yet. */
function matchWords({ lines: { length }, extent }: LogMatches, at: number): string {
  if (length === 0) return extent === 'searching' ? 'Searching' : 'No line'
  const place = at < 0 ? '' : `${Math.min(at, length - 1) + 1} of `
  const counted = at < 0 ? formatCount(length, 'line') : String(length)
  return `${place}${extent === 'cut' ? 'more than ' : ''}${counted}${extent === 'searching' ? ' so far' : ''}`
}
