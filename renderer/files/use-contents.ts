import { useEffect, useState } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { ContentsRequest } from '../../shared/files/content-comparison.ts'

/** How far the contents of two file systems were compared. */
export interface ComparedContents {
  readonly phase: 'unread' | 'reading' | 'read' | 'failed'
  /** Of what is to be read, 0 to 1. */
  readonly share: number
  /** Paths of files of the same size with other bytes; null until all were read. */
  readonly differing: ReadonlySet<string> | null
  /** A sentence, with `failed`. */
  readonly message: string
}

const unread: ComparedContents = { phase: 'unread', share: 0, differing: null, message: '' }

export interface ContentReading {
  readonly contents: ComparedContents
  readonly read: () => void
  readonly stop: () => void
}

/** Compares contents when asked to. Null where there is nothing to compare. */
export function useContents(host: HostApi, request: ContentsRequest | null): ContentReading | null {
  const key = request === null ? '' : JSON.stringify(request)
  const [contents, setContents] = useState(unread)
  const [reading, setReading] = useState<{ readonly key: string } | null>(null)
  const isMeant = reading !== null && reading.key === key
  useEffect(() => {
    if (reading === null || reading.key !== key) return
    const controller = new AbortController()
    void compare(host, JSON.parse(key) as ContentsRequest, controller.signal, setContents)
    return () => controller.abort()
  }, [host, key, reading])
  if (request === null) return null
  return {
    contents: isMeant ? contents : unread,
    read() {
      setContents({ ...unread, phase: 'reading' })
      setReading({ key })
    },
    stop: () => setReading(null),
  }
}

async function compare(
  host: HostApi,
  request: ContentsRequest,
  signal: AbortSignal,
  tell: (contents: ComparedContents) => void,
): Promise<void> {
  const differing = new Set<string>()
  try {
    for await (const event of host.stream('files.compareContents', request, signal)) {
      for (const path of event.differing) differing.add(path)
      tell({ ...unread, phase: 'reading', share: event.total === 0 ? 0 : event.read / event.total })
    }
    if (!signal.aborted) tell({ ...unread, phase: 'read', differing })
  } catch (error) {
    if (signal.aborted) return
    const message = error instanceof HostError ? error.message : 'The contents could not be compared. Try again.'
    tell({ ...unread, phase: 'failed', message })
  }
}
