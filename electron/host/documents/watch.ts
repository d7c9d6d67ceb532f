import { type FSWatcher, watch } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Result } from '../../../shared/bridge/contract.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { readBytes } from './open.ts'
import { requireAbsolute } from './refusals.ts'
import { decode, fingerprintOf } from './text.ts'

type DocumentState = Result<'documents.watch'>

/** Editors write in several steps; what stands there for less time than this is not news. */
const settleMilliseconds = 40
/** For what the system does not tell: network folders, a folder that was itself replaced. */
const pollMilliseconds = 2_000

/**
 * What stands at `path`: at once, then whenever it differs from what was told last. Our own save shows up as the
 * fingerprint it returned, nothing else.
 */
export async function* watchDocument(
  path: string,
  signal: AbortSignal,
  poll: number = pollMilliseconds,
): AsyncGenerator<DocumentState, void> {
  let told = ''
  for await (const state of readings([path], () => stateOf(path), signal, poll)) {
    const key = state.kind === 'missing' ? 'missing' : `present ${state.fingerprint}`
    if (key === told) continue
    told = key
    yield state
  }
}

/**
 * What `read` gives at once, then whenever something may have changed at one of the paths. It is their folders that are
 * watched, so that editors which replace a file are seen.
 */
export async function* readings<T>(
  paths: readonly string[],
  read: () => Promise<T>,
  signal: AbortSignal,
  poll: number = pollMilliseconds,
): AsyncGenerator<T, void> {
  paths.forEach(requireAbsolute)
  const bell = createBell()
  signal.addEventListener('abort', bell.ring)
  if (signal.aborted) bell.ring()
  const watchers = (await Promise.all(paths.map(path => watchFolders(path, bell.ring)))).flat()
  const statusLines = async () => (await Promise.all(paths.map(statusLine))).join('\n')
  let lastStatus = await statusLines()
  const timer = setInterval(() => {
    void statusLines().then(status => {
      if (status === lastStatus) return
      lastStatus = status
      bell.ring()
    })
  }, poll)
  try {
    for (;;) {
      yield await read()
      await bell.rung()
      if (signal.aborted) return
      await pause(settleMilliseconds)
      bell.still()
    }
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', bell.ring)
    for (const watcher of watchers) watcher.close()
  }
}

export interface Bell {
  readonly ring: () => void
  /** Takes note of earlier rings without waiting for one. */
  still(): void
  /** Settles at the next ring, at once if it rang since it was last asked. */
  rung(): Promise<void>
}

export function createBell(): Bell {
  let rang = false
  let wake: () => void = () => undefined
  return {
    ring() {
      rang = true
      wake()
    },
    still() {
      rang = false
    },
    async rung() {
      if (!rang)
        await new Promise<void>(resolve => {
          wake = resolve
        })
      rang = false
    },
  }
}

/** The folder of the path and, for a symbolic link, the folder of what it leads to. */
async function watchFolders(path: string, stir: () => void): Promise<readonly FSWatcher[]> {
  const target = await realpath(path).catch(() => path)
  const places = new Set([path, target])
  return [...places].flatMap(place => {
    try {
      const watcher = watch(dirname(place), { persistent: false }, (_event, name) => {
        if (name === null || name === basename(place)) stir()
      })
      watcher.on('error', () => undefined) // the folder went; polling goes on
      return [watcher]
    } catch {
      return [] // no such folder yet, or no watching here; polling goes on
    }
  })
}

async function statusLine(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path)
    return [ino, size, mtimeMs, ctimeMs].join(' ')
  } catch {
    return ''
  }
}

async function stateOf(path: string): Promise<DocumentState> {
  try {
    const bytes = await readBytes(path)
    return { kind: 'present', fingerprint: fingerprintOf(bytes), text: decode(bytes) }
  } catch (error) {
    if (error instanceof HostError && error.code === 'not-found') return { kind: 'missing' }
    // Something stands there that can be neither shown nor compared: a folder, 20 MiB, a file that may not be read.
    return { kind: 'present', fingerprint: error instanceof HostError ? error.code : 'unreadable', text: null }
  }
}
