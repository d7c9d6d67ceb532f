import { useCallback, useEffect, useState } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { type LogBuffer, logAfter, logLength, logLine } from '../../shared/builds/log-buffer.ts'

export interface WholeLogOptions {
  readonly host: HostApi
  /** The host's name of the build; null until it has one. */
  readonly build: string | null
  readonly vertex: string
  /** What is in memory: the end of the output, or less where the build is of the past. */
  readonly log: LogBuffer
  /** Whether the build has ended, so that no more comes. */
  readonly ended: boolean
}

/** The output of a step by the numbers of its lines, from memory and from the host's disk. */
export interface WholeLog {
  /** The number of the first line that can be had. */
  readonly lowest: number
  /** One more than the number of the last. */
  readonly end: number
  /** What is in memory of it. */
  readonly memory: LogBuffer
  /** '' for a line that is still being read. */
  readonly line: (number: number) => string
  /** To be told which lines are in sight. */
  readonly want: (first: number, end: number) => void
  /** Numbers of matching lines that only the disk has, below `until`. */
  readonly search: (query: string, until: number, signal: AbortSignal) => AsyncIterable<{ readonly lines: number[] }>
  /** The whole text from disk; null where memory has it all. */
  readonly text: (() => AsyncIterable<{ readonly text: string }>) | null
}

const pageLines = 500
const keptPages = 8

interface Disk {
  readonly of: string
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly string[]>
}

export function useWholeLog({ host, build, vertex, log, ended }: WholeLogOptions): WholeLog {
  const of = `${build ?? ''} ${vertex}`
  const [found, setFound] = useState<Disk | null>(null)
  const disk = found?.of === of ? found : null
  const [wanted, setWanted] = useState<readonly [number, number]>([0, 0])
  const isPartial = log.dropped > 0

  useEffect(() => {
    if (build === null || !(ended || isPartial)) return
    let left = false
    host
      .call('logs.read', { build, vertex, from: 0, count: 0 })
      // Without the disk there is what memory holds.
      .then(
        ({ total }) => !left && setFound({ of, total, pages: new Map() }),
        () => undefined,
      )
    return () => {
      left = true
    }
  }, [host, build, vertex, of, ended, isPartial])

  const total = disk?.total ?? 0
  const memory = total > log.dropped + logLength(log) ? logAfter(total) : log
  const isKept = total > 0 && memory.dropped > 0
  const pages = disk?.pages
  const missing = isKept
    ? wanted.find(page => page * pageLines < memory.dropped && pages?.has(page) === false)
    : undefined

  useEffect(() => {
    if (build === null || missing === undefined) return
    let left = false
    host.call('logs.read', { build, vertex, from: missing * pageLines, count: pageLines }).then(
      ({ lines }) => {
        if (left) return
        setFound(before => {
          if (before?.of !== of) return before
          const kept = [...before.pages].slice(1 - keptPages)
          return { ...before, pages: new Map([...kept, [missing, lines]]) }
        })
      },
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [host, build, vertex, of, missing])

  const want = useCallback((first: number, end: number) => {
    const [from, to] = [Math.floor(first / pageLines), Math.floor(Math.max(first, end - 1) / pageLines)]
    setWanted(before => (before[0] === from && before[1] === to ? before : [from, to]))
  }, [])
  const search = useCallback(
    (query: string, until: number, signal: AbortSignal) =>
      host.stream('logs.search', { build: build ?? '', vertex, query, until }, signal),
    [host, build, vertex],
  )
  return {
    lowest: isKept ? 0 : memory.dropped,
    end: memory.dropped + logLength(memory),
    memory,
    line: number =>
      number < memory.dropped
        ? (pages?.get(Math.floor(number / pageLines))?.[number % pageLines] ?? '')
        : (logLine(memory, number - memory.dropped)?.text ?? ''),
    want,
    search,
    text: isKept ? () => host.stream('logs.text', { build: build ?? '', vertex }) : null,
  }
}
