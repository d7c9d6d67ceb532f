import { useEffect, useState } from 'react'
import type { Argument, HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { ContextEvent } from '../../shared/files/context-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'

/** A build context, as far as it was walked. */
export interface ContextListing {
  /** What the ignore file leaves. */
  readonly sent: FileTree
  /** That with what it leaves out, which counts no bytes. */
  readonly whole: FileTree
  /** By path, the line of the ignore file that leaves it out. */
  readonly leftOut: ReadonlyMap<string, number>
  readonly ignoreFile: Extract<ContextEvent, { kind: 'began' }>['ignoreFile']
  /** Tells one state of the trees from the next. */
  readonly version: number
  readonly phase: 'walking' | 'complete' | 'stopped' | 'failed'
  /** Whether changes on disk are followed. */
  readonly isWatched: boolean
  /** A sentence, with `failed`. */
  readonly message: string | null
}

/** Tells the context of a Dockerfile as it is walked, then whenever it has changed, once that was walked as a whole. */
export async function followContext(
  host: HostApi,
  place: Argument<'documents.watchContext'>,
  signal: AbortSignal,
  tell: (listing: ContextListing) => void,
): Promise<void> {
  let listing = emptyListing(null)
  let leftOut = new Map<string, number>()
  let isFirst = true
  try {
    for await (const event of host.stream('documents.watchContext', place, signal)) {
      switch (event.kind) {
        case 'began':
          leftOut = new Map()
          listing = { ...emptyListing(event.ignoreFile), leftOut }
          break
        case 'entries':
          listing.sent.add(event.entries)
          listing.whole.add(event.entries)
          listing.whole.add(event.leftOut.map(({ entry }) => ({ ...entry, size: 0 })))
          for (const { entry, line } of event.leftOut) leftOut.set(entry.path, line)
          listing = { ...listing, version: listing.version + 1 }
          break
        case 'complete':
          listing = { ...listing, phase: 'complete', isWatched: event.isWatched }
          isFirst = false
      }
      if (isFirst || event.kind === 'complete') tell(listing)
    }
  } catch (error) {
    if (signal.aborted) tell({ ...listing, phase: listing.phase === 'walking' ? 'stopped' : listing.phase })
    else if (error instanceof HostError) tell({ ...listing, phase: 'failed', message: error.message })
    else throw error
  }
}

function emptyListing(ignoreFile: ContextListing['ignoreFile']): ContextListing {
  const [sent, whole] = [new FileTree(), new FileTree()]
  const begun = { version: 0, phase: 'walking', isWatched: true, message: null } as const
  return { sent, whole, leftOut: new Map(), ignoreFile, ...begun }
}

export interface FollowedContext {
  readonly listing: ContextListing | null
  readonly stop: () => void
  readonly walkAgain: () => void
}

/** Follows a context for as long as it is shown. */
export function useContextListing(host: HostApi, place: Argument<'documents.watchContext'>): FollowedContext {
  const { path, contextDirectory, named } = place
  const [listing, setListing] = useState<ContextListing | null>(null)
  const [round, setRound] = useState({ controller: new AbortController() })
  useEffect(() => {
    const { controller } = round
    let isShown = true
    void followContext(host, { path, contextDirectory, named }, controller.signal, told => {
      if (isShown) setListing(told)
    })
    return () => {
      isShown = false
      controller.abort()
    }
  }, [host, path, contextDirectory, named, round])
  return {
    listing,
    stop: () => round.controller.abort(),
    walkAgain: () => setRound({ controller: new AbortController() }),
  }
}
