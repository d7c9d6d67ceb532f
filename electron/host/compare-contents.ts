import { createHash, type Hash } from 'node:crypto'
import type { ContentsEvent, ContentsRequest } from '../../shared/files/content-comparison.ts'
import type { FileEntry, FileSystemReference } from '../../shared/files/file-listing.ts'
import type { Engine } from './engine/engine-interface.ts'
import { EventQueue } from './engine/event-queue.ts'

const progressMilliseconds = 100

/** Reads every file that lies in both at the same path with the same size, and tells those with other bytes. */
export async function* compareContents(
  engine: Engine,
  { before, after }: ContentsRequest,
  signal: AbortSignal,
): AsyncGenerator<ContentsEvent, void> {
  const stop = new AbortController()
  const events = new EventQueue<ContentsEvent>()
  const progress = { read: 0, total: 0, told: 0, differing: new Array<string>() }
  const tell = () => {
    const { read, total, differing } = progress
    events.push({ read, total, differing })
    Object.assign(progress, { told: performance.now(), differing: [] })
  }
  const onRead = (bytes: number) => {
    progress.read += bytes
    if (performance.now() - progress.told >= progressMilliseconds) tell()
  }
  const working = async () => {
    const digest = digestsOf(engine, onRead, AbortSignal.any([signal, stop.signal]))
    const sizes = new Map<string, number>()
    await digest(before, ({ path, size }) => {
      sizes.set(path, size)
      return false
    })
    const digests = await digest(after, ({ path, size }) => {
      const isBoth = size > 0 && sizes.get(path) === size
      if (isBoth) progress.total += 2 * size
      return isBoth
    })
    await digest(
      before,
      ({ path }) => digests.has(path),
      (path, found) => {
        if (digests.get(path) !== found) progress.differing.push(path)
      },
    )
    tell()
  }
  const running = working().then(
    () => events.end(),
    (error: unknown) => events.end(error instanceof Error ? error : new Error(String(error))),
  )
  try {
    yield* events
  } finally {
    stop.abort()
    await running
  }
}

/** Reads the files of a file system that are asked for; resolves with the digest of each by its path. */
function digestsOf(engine: Engine, onRead: (bytes: number) => void, signal: AbortSignal) {
  return async (
    reference: FileSystemReference,
    isAsked: (file: FileEntry) => boolean,
    onFile: (path: string, digest: string) => void = () => undefined,
  ): Promise<ReadonlyMap<string, string>> => {
    const digests = new Map<string, string>()
    const reading = new Map<number, Hash>()
    let files: readonly FileEntry[] = []
    const sink = {
      begin(entries: readonly FileEntry[]) {
        files = entries
        return Promise.resolve(
          entries.flatMap((entry, place) => (entry.kind === 'file' && isAsked(entry) ? [place] : [])),
        )
      },
      write(place: number, content: Uint8Array) {
        const hash = reading.get(place) ?? createHash('sha256')
        reading.set(place, hash.update(content))
        onRead(content.length)
        return Promise.resolve()
      },
      end(place: number) {
        const path = files[place]?.path ?? ''
        const digest = reading.get(place)?.digest('base64') ?? ''
        reading.delete(place)
        digests.set(path, digest)
        onFile(path, digest)
        return Promise.resolve()
      },
    }
    await engine.fetchFiles(reference, () => true, sink, signal)
    return digests
  }
}
