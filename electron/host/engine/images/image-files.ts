import { HostError } from '../../../../shared/bridge/host-error.ts'
import type { FileBatch, FileContent, FileEntry, ImageLayer } from '../../../../shared/files/file-listing.ts'
import { cleanPath } from '../../../../shared/files/ignore-pattern.ts'
import type { FoundEngine } from '../engine-status.ts'
import { openResponse, plainRequest } from '../http-api.ts'
import { stringAt } from '../endpoint.ts'
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
    const { layers, files } = await this.#image(await found(find, signal), reference, signal)
    const chosen = stage === 0 ? null : layerAt(layers, stage)
    const entries = chosen === null ? [...files.values()].map(({ entry }) => entry) : visible(chosen)
    yield { entries: [], layers: layers.map(summary) }
    for (let from = 0; from < entries.length; from += entriesPerBatch) {
      signal.throwIfAborted()
      yield { entries: entries.slice(from, from + entriesPerBatch) }
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
