import { useEffect, useState } from 'react'
import { LogSearch } from './log-search.ts'
import type { WholeLog } from './use-whole-log.ts'

interface Older {
  readonly of: string
  readonly lines: readonly number[]
}

/** More are as good as none. */
const mostOlder = 100_000

/** Numbers of the lines that hold a text in any case, oldest first: of the disk as they are found, and of memory. */
export function useLogMatches(log: WholeLog, vertex: string, query: string): readonly number[] {
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
        setOlder({ of, lines: [...lines] })
        if (lines.length > mostOlder) return
      }
    }
    // A search that fails has found what it found.
    gather().catch(() => undefined)
    return () => leaving.abort()
  }, [search, query, until, of])
  return older?.of === of ? [...older.lines, ...recent] : recent.filter(number => number >= log.lowest)
}
