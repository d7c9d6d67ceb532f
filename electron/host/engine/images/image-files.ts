import { HostError } from '../../../../shared/bridge/host-error.ts'
import type { FileBatch, FileContent, FileEntry, ImageLayer } from '../../../../shared/files/file-listing.ts'
import { cleanPath } from '../../../../shared/files/ignore-pattern.ts'
import type { FoundEngine } from '../engine-status.ts'
import { openResponse, plainRequest } from '../http-api.ts'
import { stringAt } from '../endpoint.ts'
import type { FileSink } from '../services/file-send.ts'
import { ByteSource } from './byte-source.ts'
import { type ArchivedLayer, readImageArchive } from './image-archive.ts'
import { type Content, isWhiteout, layOver, type PlacedEntry } from './lay-over.ts'
import { readTar, TarError } from './tar-reader.ts'
import { unpacked } from './unpack.ts'

type Find = (signal: AbortSignal) => Promise<FoundEngine>
type Found = Extract<FoundEngine, { kind: 'found' }>

interface ReadImage {
  /** Tells it from what the reference may come to mean later, and from images of other engines. */
  readonly key: string
  readonly layers: readonly ArchivedLayer[]
  /** The whole, by path. */
  readonly files: ReadonlyMap<string, PlacedEntry>
}

const entriesPerBatch = 2_000
const keptMilliseconds = 60_000

/** The files of images in an engine's store, as their layers have them: no step runs and no container is made. */
export class ImageFiles {
  /** The last one, for a while: its layers are looked at one after the other. */
  #read: Promise<ReadImage> | null = null
  #readKey = ''
  #forgetting: NodeJS.Timeout | null = null

  async *list(find: Find, reference: string, stage: number, signal: AbortSignal): AsyncGenerator<FileBatch> {
    const image = await this.#image(await found(find, signal), reference, signal)
    const placed = placedIn(image, stage)
    yield { entries: [], layers: image.layers.map(summary) }
    for (let from = 0; from < placed.length; from += entriesPerBatch) {
      signal.throwIfAborted()
      const batch = placed.slice(from, from + entriesPerBatch)
      const entries = batch.map(({ entry }) => entry)
      yield stage === 0 ? { entries, from: batch.map(({ content }) => content.layer) } : { entries }
    }
  }

  /** Contents of those files whose path is wanted, to a sink, whose own failures are thrown as they are. */
  async fetch(
    find: Find,
    reference: string,
    stage: number,
    isWanted: (path: string) => boolean,
    sink: FileSink,
    signal: AbortSignal,
  ): Promise<void> {
    const engine = await found(find, signal)
    const image = await this.#image(engine, reference, signal)
    const wanted = placedIn(image, stage).filter(({ entry }) => isWanted(entry.path))
    /** By the layer's path in the archive, then by the file's in the layer: several where one is linked to. */
    const layers = new Map<string, Map<string, number[]>>()
    for (const place of await sink.begin(wanted.map(({ entry }) => entry))) {
      const { layer, path } = wanted[place]?.content ?? { layer: -1, path: '' }
      const archived = image.layers[layer]?.path ?? ''
      const files = layers.get(archived) ?? new Map<string, number[]>()
      layers.set(archived, files)
      files.set(path, [...(files.get(path) ?? []), place])
    }
    if (layers.size === 0) return
    const leaving = new AbortController()
    const archive = new ByteSource(await openArchive(engine, reference, AbortSignal.any([signal, leaving.signal])))
    const writing = guarded(sink)
    try {
      await readTar(archive, async (file, stored) => {
        const files = layers.get(file.path)
        const inner = files === undefined ? null : await unpacked(archive, stored)
        if (files === undefined || inner === null) return true
        await readTar(inner, async ({ kind, path, size }) => {
          const places = files.get(path)
          if (kind !== 'file' || places === undefined) return true
          for await (const piece of inner.pieces(size)) for (const place of places) await writing.write(place, piece)
          for (const place of places) await writing.end(place)
          files.delete(path)
          return files.size > 0
        })
        if (files.size === 0) layers.delete(file.path)
        if (layers.size === 0) return false
        // What packs the layer reads ahead: it has to come to its end before the next one is looked for.
        await inner.skip(Infinity)
        return true
      })
      const [missing] = [...layers.values()].flatMap(files => [...files.keys()])
      if (missing !== undefined) throw new TarError(`the contents of ${missing} are not in it`)
    } catch (error) {
      signal.throwIfAborted()
      throw writing.failure === null ? explained(error, reference) : writing.failure.error
    } finally {
      leaving.abort()
    }
  }

  async read(
    find: Find,
    reference: string,
    stage: number,
    path: string,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<FileContent> {
    const engine = await found(find, signal)
    const { layers, files } = await this.#image(engine, reference, signal)
    const wanted = stage === 0 ? regularFile(files, path) : fileIn(layers, stage, path)
    const leaving = new AbortController()
    const archive = new ByteSource(await openArchive(engine, reference, AbortSignal.any([signal, leaving.signal])))
    const content: Buffer[] = []
    try {
      await readTar(archive, async (file, stored) => {
        const inner = file.path === layers[wanted.layer]?.path ? await unpacked(archive, stored) : null
        if (inner === null) return true
        await readTar(inner, async candidate => {
          if (candidate.path !== wanted.path || candidate.kind !== 'file') return true
          const end = Math.min(offset + length, candidate.size)
          await inner.skip(Math.min(offset, candidate.size))
          content.push(await inner.take(Math.max(0, end - offset)))
          return false
        })
        return false
      })
    } catch (error) {
      throw explained(error, reference)
    } finally {
      leaving.abort()
    }
    if (content.length === 0)
      throw new HostError('not-found', `“${path}” is not in this image any more. List it again.`)
    return { base64: Buffer.concat(content).toString('base64'), size: wanted.size }
  }

  async #image(engine: Found, reference: string, signal: AbortSignal): Promise<ReadImage> {
    const key = await identity(engine, reference, signal)
    if (this.#read === null || this.#readKey !== key) {
      this.#readKey = key
      const reading = readImage(engine, reference, key, signal)
      this.#read = reading
      // What was given up, or could not be read, is read anew the next time.
      reading.catch(() => {
        if (this.#read === reading) this.#read = null
      })
    }
    if (this.#forgetting !== null) clearTimeout(this.#forgetting)
    this.#forgetting = setTimeout(() => (this.#read = null), keptMilliseconds).unref()
    return this.#read
  }
}

async function found(find: Find, signal: AbortSignal): Promise<Found> {
  const engine = await find(signal)
  if (engine.kind === 'none') throw new HostError('no-engine', engine.message)
  if (engine.endpoint.isBuildKit)
    throw new HostError('gone', 'A BuildKit daemon keeps no images to look into. Build a stage from it instead.')
  return engine
}

async function identity({ endpoint, description }: Found, reference: string, signal: AbortSignal): Promise<string> {
  const path = `/v${description.apiVersion}/images/${encodeURI(reference)}/json`
  const { status, body } = await plainRequest(endpoint, 'GET', path, signal)
  if (status !== 200)
    throw new HostError(
      'not-found',
      `The engine holds no image “${reference}”, so its files are not here to look at. Pull it, or build a stage from it.`,
    )
  const described: unknown = JSON.parse(body.toString('utf8'))
  return `${endpoint.url} ${stringAt(described, ['Id']) ?? ''} ${reference}`
}

async function readImage(engine: Found, reference: string, key: string, signal: AbortSignal): Promise<ReadImage> {
  try {
    const layers = await readImageArchive(await openArchive(engine, reference, signal))
    const files = new Map<string, PlacedEntry>()
    for (const placed of layOver(layers)) files.set(placed.entry.path, placed)
    return { key, layers, files }
  } catch (error) {
    signal.throwIfAborted()
    throw explained(error, reference)
  }
}

async function openArchive({ endpoint, description }: Found, reference: string, signal: AbortSignal) {
  const path = `/v${description.apiVersion}/images/${encodeURI(reference)}/get`
  const answer = await openResponse(endpoint, 'GET', path, signal)
  if (answer.statusCode === 200) return answer
  answer.destroy()
  throw new HostError(
    'engine-failed',
    `The engine does not hand out “${reference}” (HTTP status ${String(answer.statusCode)}).`,
  )
}

/** Follows links within the image. */
function regularFile(files: ReadonlyMap<string, PlacedEntry>, path: string): Content {
  let segments = cleanPath(path)
  for (let hops = 0; hops < 40; hops++) {
    const at = segments.join('/')
    const placed = files.get(at)
    if (placed === undefined) throw new HostError('not-found', `There is no such file as “${path}” in this image.`)
    const { kind, link } = placed.entry
    if (kind === 'file' || kind === 'hardlink') return placed.content
    if (kind === 'symlink') segments = cleanPath(link.startsWith('/') ? link : `${at}/../${link}`)
    else
      throw new HostError(
        kind === 'directory' ? 'is-directory' : 'invalid-argument',
        `“${path}” is a ${kind}, not a file that can be read.`,
      )
  }
  throw new HostError('invalid-argument', `“${path}” is a link that leads in circles.`)
}

function fileIn(layers: readonly ArchivedLayer[], stage: number, path: string): Content {
  const entry = layerAt(layers, stage).entries.find(candidate => candidate.path === path && candidate.kind === 'file')
  if (entry === undefined)
    throw new HostError('not-found', `This layer holds no content of “${path}”. Look at it in the whole image.`)
  return { layer: stage - 1, path, size: entry.size }
}

function layerAt(layers: readonly ArchivedLayer[], stage: number): ArchivedLayer {
  const layer = layers[stage - 1]
  if (layer === undefined) throw new HostError('invalid-argument', `This image has no layer ${stage}.`)
  return layer
}

function visible({ entries }: ArchivedLayer): FileEntry[] {
  return entries.filter(({ path }) => path !== '' && !isWhiteout(path))
}

/** All of an image, or what one of its layers brings. */
function placedIn({ layers, files }: ReadImage, stage: number): readonly PlacedEntry[] {
  if (stage === 0) return [...files.values()]
  return visible(layerAt(layers, stage)).map(entry => {
    const path = entry.kind === 'hardlink' ? cleanPath(entry.link).join('/') : entry.path
    return { entry, content: { layer: stage - 1, path, size: entry.size } }
  })
}

/** The sink, with the first failure of its own told from failures to read. */
function guarded(sink: FileSink) {
  const guard = {
    failure: null as { readonly error: unknown } | null,
    write: (place: number, content: Uint8Array) => watched(sink.write(place, content)),
    end: (place: number) => watched(sink.end(place)),
  }
  const watched = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      guard.failure ??= { error }
      throw error
    })
  return guard
}

function summary(layer: ArchivedLayer): ImageLayer {
  const seen = visible(layer)
  return {
    command: layer.command,
    bytes: seen.reduce((sum, { size }) => sum + size, 0),
    changed: seen.length,
    removed: layer.entries.filter(({ path }) => isWhiteout(path)).length,
  }
}

function explained(error: unknown, reference: string): Error {
  if (error instanceof HostError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const what = error instanceof TarError ? 'cannot be read' : 'could not be fetched'
  return new HostError('engine-failed', `The files of “${reference}” ${what}: ${reason}.`, { cause: error })
}
