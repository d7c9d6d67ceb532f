import { randomUUID } from 'node:crypto'
import { lstat, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { ExtractionEvent, ExtractionRequest } from '../../../shared/files/extraction.ts'
import { requireAbsolute, systemCode } from '../documents/refusals.ts'
import type { Engine } from '../engine/engine-interface.ts'
import { EventQueue } from '../engine/event-queue.ts'
import { placeEntries } from './place-entries.ts'
import { EntryWriter } from './entry-writer.ts'

const progressMilliseconds = 100

/**
 * Writes files of a stage into a folder: all of them or, where that fails or is cancelled, none. They come into being in a
 * new folder there, so that nothing that lies on the disk is written through, and are moved to their places at the end.
 * @throws HostError not-found, no-permission, gone, invalid-argument
 */
export async function* extractFiles(
  engine: Engine,
  { paths, folder, replace, ...reference }: ExtractionRequest,
  signal: AbortSignal,
): AsyncGenerator<ExtractionEvent, void> {
  requireAbsolute(folder)
  const stop = new AbortController()
  const events = new EventQueue<ExtractionEvent>()
  const temporary = await mkdtemp(join(folder, '.slipway-')).catch((error: unknown) => {
    throw refusal(error, folder)
  })
  const writer = new EntryWriter(temporary)
  const working = async (): Promise<ExtractionEvent> => {
    let names: readonly string[] | null = null
    let taken: string[] = []
    let told = 0
    await engine.fetchFiles(
      reference,
      path => paths.some(root => root === '' || path === root || path.startsWith(`${root}/`)),
      {
        async begin(entries) {
          const placed = placeEntries(entries, paths)
          names = placed.names
          for (const name of placed.names) if (await isThere(join(folder, name))) taken.push(name)
          if (replace) taken = []
          return taken.length > 0 ? [] : writer.begin(placed)
        },
        async write(at, content) {
          await writer.write(at, content)
          if (performance.now() - told < progressMilliseconds) return
          told = performance.now()
          events.push({ kind: 'progress', ...writer.progress })
        },
        end: at => writer.end(at),
      },
      AbortSignal.any([signal, stop.signal]),
    )
    // A stage without files was never begun.
    names ??= placeEntries([], paths).names
    if (taken.length > 0) return { kind: 'taken', names: taken }
    await writer.finish()
    signal.throwIfAborted()
    for (const name of names) await moveIn(temporary, folder, name, replace)
    const { files, bytes } = writer.progress
    return {
      kind: 'extracted',
      files,
      bytes,
      names: [...names],
      left: writer.left.slice(0, 20),
      leftCount: writer.left.length,
    }
  }
  const running = working().then(
    event => {
      events.push(event)
      events.end()
    },
    (error: unknown) => events.end(refusal(error, folder)),
  )
  try {
    yield* events
  } finally {
    stop.abort()
    await running
    await writer.close()
    await rm(temporary, { recursive: true, force: true })
  }
}

async function moveIn(temporary: string, folder: string, name: string, replace: boolean): Promise<void> {
  const made = join(temporary, name)
  const place = join(folder, name)
  // Left out altogether: a name that leads elsewhere, a link out of the folder.
  if (!(await isThere(made))) return
  if (await isThere(place)) {
    if (!replace) throw new HostError('changed-on-disk', `${place} came into being meanwhile. Nothing was replaced.`)
    // What was there goes with the folder of ours, once the new is in its place.
    await rename(place, join(temporary, randomUUID()))
  }
  await rename(made, place)
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

function refusal(error: unknown, folder: string): Error {
  if (error instanceof HostError) return error
  const options = { cause: error }
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HostError('not-found', `There is no folder ${folder}. Choose another one.`, options)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HostError('no-permission', `${folder} may not be written to. Choose another folder.`, options)
    case 'ENOSPC':
    case 'EDQUOT':
      return new HostError('internal', `There is no space left in ${folder}. Nothing was kept; free some.`, options)
    default:
      return error instanceof Error ? error : new Error(String(error))
  }
}
