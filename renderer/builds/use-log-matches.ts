import { useEffect, useState } from 'react'
import { LogSearch } from './log-search.ts'
import type { WholeLog } from './use-whole-log.ts'

interface Older {
  readonly of: string
  readonly lines: readonly number[]
  readonly extent: LogMatches['extent']
}

export interface LogMatches {
  /** Numbers of lines, the oldest first. */
  readonly lines: readonly number[]
  /** `cut`: there are more than anybody goes through. */
  readonly extent: 'searching' | 'whole' | 'cut'
}

/** More are as good as none. */
const mostOlder = 100_000

/** The lines that hold a text in any case: of the disk as they are found, and of memory. */
export function useLogMatches(log: WholeLog, vertex: string, query: string): LogMatches {
  const [inMemory] = useState(() => new LogSearch())
  const recent = inMemory.find(log.memory, vertex, query)
  const [older, setOlder] = useState<Older | null>(null)
  const { search } = log
  const until = query === '' || log.lowest > 0 ? 0 : inMemory.began
  const of = `${vertex} ${String(until)} ${query}`
  useEffect(() => {
    if (until === 0) return
    const leaving = new AbortController()
    const gather = async () => {
      const lines: number[] = []
      for await (const found of search(query, until, leaving.signal)) {
        lines.push(...found.lines)
        setOlder({ of, lines: [...lines], extent: 'searching' })
        if (lines.length <= mostOlder) continue
        setOlder({ of, lines, extent: 'cut' })
        return
      }
      setOlder({ of, lines, extent: 'whole' })
    }
    // A search that fails has found what it found.
    gather().catch(() => {
      if (leaving.signal.aborted) return
      setOlder(found => ({ of, lines: found?.of === of ? found.lines : [], extent: 'cut' }))
    })
    return () => leaving.abort()
  }, [search, query, until, of])
  if (until === 0) return { lines: recent.filter(number => number >= log.lowest), extent: 'whole' }
  return older?.of === of
    ? { lines: [...older.lines, ...recent], extent: older.extent }
    : { lines: recent, extent: 'searching' }
}
