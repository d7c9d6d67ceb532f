import { type FSWatcher, watch } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Argument, Result } from '../../../shared/bridge/contract.ts'
import { readIgnoreFile } from '../../../shared/files/ignore-pattern.ts'
import { listContext } from './context-listing.ts'
import { readFirst, readIgnore } from './ignore-file.ts'
import { requireAbsolute } from './refusals.ts'
import { createBell } from './watch.ts'

/** Systems allow a user some thousands of watches for all that runs. */
const watchedFolders = 2_000
/** From a change to the next walk; longer after a walk that took longer. */
const restMilliseconds = 300

/** Walks the build context, and again after something in it has changed, for as long as the caller listens. */
export async function* watchContext(
  { path, contextDirectory, named }: Argument<'documents.watchContext'>,
  signal: AbortSignal,
): AsyncGenerator<Result<'documents.watchContext'>, void> {
  requireAbsolute(path)
  requireAbsolute(contextDirectory)
  const root = resolve(contextDirectory, named ?? '')
  const bell = createBell()
  signal.addEventListener('abort', bell.ring)
  let watched: WatchedFolders | null = null
  try {
    while (!signal.aborted) {
      const began = performance.now()
      bell.still()
      const folders = new WatchedFolders(bell.ring)
      folders.add(dirname(path))
      try {
        // The Dockerfile's own ignore file is for the main context alone.
        const own = join(root, '.dockerignore')
        const ignore = await (named === undefined ? readIgnore(path, root) : readFirst([own]))
        yield { kind: 'began', ignoreFile: ignore === null ? null : { path: ignore.place, text: ignore.text } }
        const ignored = ignore === null ? null : readIgnoreFile(ignore.text)
        yield* listContext(root, ignored, signal, folder => folders.add(folder))
      } finally {
        // Only now, so that no change is missed in between.
        watched?.close()
        watched = folders
      }
      const took = performance.now() - began
      yield { kind: 'complete', isWatched: folders.all }
      await bell.rung()
      await pause(Math.max(restMilliseconds, took), undefined, { signal }).catch(() => undefined)
    }
  } finally {
    signal.removeEventListener('abort', bell.ring)
    watched?.close()
  }
}

/** The folders of one walk, each watched for changes of what lies directly in it. */
class WatchedFolders {
  /** False once there were too many to watch. */
  all = true
  readonly #onChange: () => void
  readonly #watchers: FSWatcher[] = []

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  add(folder: string): void {
    this.all &&= this.#watchers.length < watchedFolders
    if (!this.all) return
    try {
      const watcher = watch(folder, { persistent: false }, this.#onChange)
      watcher.on('error', () => undefined) // it went, which its parent tells
      this.#watchers.push(watcher)
    } catch {
      this.all = false
    }
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close()
  }
}
