import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../shared/bridge/host-error.ts'
import {
  type HistoryEntry,
  historyBounds,
  historyEntrySchema,
  type RecordedBuild,
  recordedBuildSchema,
} from '../../shared/builds/build-record.ts'
import type { BuildSizes } from '../../shared/builds/build-sizes.ts'
import { historyEntry } from '../../shared/builds/replay-build.ts'
import { buildLogKey, removeBuildLog } from './build-logs.ts'
import { pathKey } from './documents/drafts.ts'
import { privateFile } from './private-file.ts'

/** Builds that have ended, by Dockerfile. `path` null is the untitled document. */
export interface BuildHistory {
  add(began: number, build: RecordedBuild): Promise<void>
  /** The newest first. */
  list(path: string | null): Promise<readonly HistoryEntry[]>
  /** @throws HostError gone where it is no longer kept. */
  read(path: string | null, id: string): Promise<RecordedBuild>
  /** Adds what its files weigh to a build that was added since the start; `build` is the engine's name for it. */
  weigh(path: string | null, build: string, sizes: BuildSizes): Promise<void>
  /** `id` null removes all of the file's. */
  remove(path: string | null, id: string | null): Promise<void>
}

export interface HistoryBounds {
  /** Builds of one Dockerfile. */
  readonly builds: number
  /** Bytes of all Dockerfiles together. */
  readonly bytes: number
}

const entryEnd = '.entry.json'
const buildEnd = '.build.json'

/** Two files for each build, so that a list reads little: what the list shows, and the build itself. */
export function createBuildHistory(stateDirectory: string, bounds: HistoryBounds = historyBounds): BuildHistory {
  const root = join(stateDirectory, 'history')
  /** By the engine's names for builds, which mean nothing after the next start. */
  const added = new Map<string, string>()
  const folderOf = (path: string | null) => join(root, pathKey(path))
  const entryFile = (folder: string, id: string) => privateFile(join(folder, id + entryEnd), historyEntrySchema)
  const buildFile = (folder: string, id: string) => privateFile(join(folder, id + buildEnd), recordedBuildSchema)
  const removeBuild = (folder: string, id: string) =>
    Promise.all([
      entryFile(folder, id).remove(),
      buildFile(folder, id).remove(),
      removeBuildLog(stateDirectory, id.slice(id.indexOf('-') + 1)),
    ])

  const makeRoom = async (folder: string): Promise<void> => {
    const own = (await idsIn(folder)).slice(bounds.builds)
    await Promise.all(own.map(id => removeBuild(folder, id)))
    const folders = (await namesIn(root)).map(name => join(root, name))
    const all = (await Promise.all(folders.map(sizesIn))).flat().sort((a, b) => newestFirst(a.id, b.id))
    let bytes = 0
    for (const { folder, id, size } of all) {
      bytes += size
      if (bytes > bounds.bytes) await removeBuild(folder, id)
    }
  }

  return {
    async add(began, build) {
      const folder = folderOf(build.request.path)
      const started = build.events.find(event => event.kind === 'started')
      const id = `${began.toString(36)}-${buildLogKey(started?.build ?? '')}`
      await buildFile(folder, id).write(build)
      for (const event of build.events) if (event.kind === 'started') added.set(event.build, id)
      await entryFile(folder, id).write(historyEntry(id, began, build))
      await makeRoom(folder)
    },
    async list(path) {
      const folder = folderOf(path)
      const entries = await Promise.all((await idsIn(folder)).map(id => entryFile(folder, id).read()))
      return entries.filter(entry => entry !== null)
    },
    async read(path, id) {
      const build = await buildFile(folderOf(path), id).read()
      if (build !== null) return build
      throw new HostError('gone', 'This build is no longer in the history. Newer ones have taken its place.')
    },
    async weigh(path, build, sizes) {
      const id = added.get(build)
      if (id === undefined) return
      await buildFile(folderOf(path), id).update(recorded => recorded && { ...recorded, sizes })
    },
    async remove(path, id) {
      const folder = folderOf(path)
      await Promise.all((id === null ? await idsIn(folder) : [id]).map(each => removeBuild(folder, each)))
      if (id === null) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** An id begins with its time. */
function newestFirst(a: string, b: string): number {
  const time = (id: string) => parseInt(id.slice(0, id.indexOf('-')), 36)
  return time(b) - time(a) || (a < b ? 1 : -1)
}

async function idsIn(folder: string): Promise<readonly string[]> {
  const names = (await namesIn(folder)).filter(name => name.endsWith(entryEnd))
  return names.map(name => name.slice(0, -entryEnd.length)).sort(newestFirst)
}

async function sizesIn(folder: string) {
  const ids = await idsIn(folder)
  const sizeOf = async (id: string) => (await stat(join(folder, id + buildEnd)).catch(() => null))?.size ?? 0
  return Promise.all(ids.map(async id => ({ folder, id, size: await sizeOf(id) })))
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
