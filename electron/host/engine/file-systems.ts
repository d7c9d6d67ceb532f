import { create } from '@bufbuild/protobuf'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { FileBatch, FileContent, FileSystemReference } from '../../../shared/files/file-listing.ts'
import type { BuildSurroundings, BuiltDefinition, Holder } from './build-job.ts'
import { cutDefinition, type Vertex, verticesOf } from './definition.ts'
import { EventQueue } from './event-queue.ts'
import { GatewayJob, referenceOf } from './gateway-job.ts'
import { kindOfGoMode } from './go-file-mode.ts'
import type { CallHandler, IncomingCall } from './grpc-server.ts'
import { cleanPath } from '../../../shared/files/ignore-pattern.ts'
import { GrpcError, grpcStatus } from './grpc-framing.ts'
import { ResultSchema } from './protocol/generated/gateway_pb.ts'
import type { Definition } from './protocol/generated/ops_pb.ts'
import { type FileSink, fileSendPath, receiveFiles, receiveListing } from './services/file-send.ts'
import { openSession } from './session.ts'
import type { StageOutline } from './stage-outline.ts'
import { resultOfStage } from './stage-vertices.ts'

/** Builds whose file systems are kept at the same time, two for each context; an older one is let go of. */
const heldBuilds = 3
/** Bytes; sending so much again is felt. */
const largeContext = 16 << 20
const noLongerHeld = 'The files of this build are no longer held. Build again to see them.'
const madeWay =
  'The files of this build made way for the next build: its context is above 16 MB, of which the engine keeps one copy. Look at the files of the next build.'
const entriesPerBatch = 2_000
/** Batches that may wait for a slow reader before the engine is made to wait, too. */
const waitingBatches = 8

/** What a build was for one platform. */
interface BuiltPlatform {
  readonly definition: Definition
  readonly vertices: readonly Vertex[]
  readonly stages: readonly StageOutline[]
}

interface HeldBuild {
  readonly built: BuiltDefinition
  /** As `definitions` of what was built. */
  readonly platforms: ReadonlyMap<string, BuiltPlatform>
  /** A job without end, in which everything that the build made stays alive. */
  readonly job: GatewayJob
  /** References by vertex, for reading files. */
  readonly references: Map<string, Promise<string>>
}

/**
 * The file systems of builds that are over. Each build gets a second job on the engine, opened before its own one ends and
 * kept until it is let go of: in it every stage is exactly what was built, whatever has changed on disk since.
 */
export class FileSystems {
  readonly #held = new Map<string, HeldBuild>()
  /** Builds let go of although somebody may still look at them. */
  readonly #madeWay = new Set<string>()
  readonly #abort = new AbortController()

  /** To be given to a build; `stages` are those of its text for a platform. */
  holder(stages: (platform: string) => readonly StageOutline[], contextKeys: readonly string[]): Holder {
    return async (built, signal) => {
      let job: GatewayJob | null = null
      try {
        const { endpoint, session, entitlements } = built
        const platforms = new Map(
          [...built.definitions].map(([platform, definition]) => [
            platform,
            { definition, vertices: verticesOf(definition), stages: stages(platform) },
          ]),
        )
        const opened = await GatewayJob.open(endpoint, { session: session.id, exporter: null, entitlements }, signal)
        job = opened
        const pinning = [...platforms.values()].map(each => pin(opened, built, each, signal))
        if (!(await Promise.all(pinning)).includes(true)) throw new Error('No stage was finished.')
        const held: HeldBuild = { built, platforms, job, references: new Map() }
        this.#held.set(built.build, held)
        void Promise.race([job.closed, built.session.closed]).then(() => this.release(built.build))
        this.#letGoOfOlder(built, contextKeys)
        return true
      } catch {
        // The build matters more than looking at it afterwards: files.* will say that it is gone.
        job?.close()
        return false
      }
    }
  }

  /**
   * Under which of its keys a context is sent. The engine cannot update what a build that is still held was made of, so
   * there is one more than builds of it are held. A large context is not sent again for that: its build makes way when
   * the next one can run.
   */
  claimKey(contextKeys: readonly string[]): Pick<BuildSurroundings, 'contextKey' | 'makeWay'> {
    const holding = [...this.#held.values()].filter(({ built }) => contextKeys.includes(built.contextKey))
    const newest = holding.at(-1)
    if (newest === undefined || newest.built.contextBytes <= largeContext) {
      const free = contextKeys.find(key => holding.every(({ built }) => built.contextKey !== key))
      return { contextKey: free ?? contextKeys[0] ?? '', makeWay: () => Promise.resolve() }
    }
    const { build, contextKey } = newest.built
    const makeWay = async () => {
      if (!this.#held.has(build)) return
      await this.#dismiss(build)
      this.#madeWay.add(build)
    }
    return { contextKey, makeWay }
  }

  #letGoOfOlder(newest: BuiltDefinition, contextKeys: readonly string[]): void {
    const older = [...this.#held].filter(([build]) => build !== newest.build)
    const replaced = older.filter(([, { built }]) => contextKeys.includes(built.contextKey)).slice(0, -1)
    const beyond = older.slice(0, Math.max(0, this.#held.size - heldBuilds))
    for (const [build] of [...replaced, ...beyond]) this.release(build)
  }

  async *list(reference: FileSystemReference, signal: AbortSignal): AsyncGenerator<FileBatch> {
    const stop = new AbortController()
    const queue = new EventQueue<FileBatch>()
    const listing = receiveListing(async entries => {
      for (let from = 0; from < entries.length; from += entriesPerBatch)
        await queue.pushWithin({ entries: entries.slice(from, from + entriesPerBatch) }, waitingBatches)
    })
    const exporting = this.#export(reference, listing, AbortSignal.any([signal, stop.signal]))
    exporting.then(
      () => queue.end(),
      (error: unknown) => queue.end(explained(error)),
    )
    try {
      yield* queue
    } finally {
      queue.end()
      stop.abort()
    }
  }

  /** Contents of those files whose path is wanted, to a sink, whose own failures are thrown as they are. */
  async fetch(
    reference: FileSystemReference,
    isWanted: (path: string) => boolean,
    sink: FileSink,
    signal: AbortSignal,
  ): Promise<void> {
    let failure: { readonly error: unknown } | null = null
    const receive = receiveFiles(isWanted, sink)
    const receiving = (call: IncomingCall) =>
      receive(call).catch((error: unknown) => {
        failure ??= { error }
        throw error
      })
    await this.#export(reference, receiving, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      throw failure === null ? explained(error) : failure.error
    })
  }

  /** Has the engine send a stage's file system to a handler. */
  async #export(reference: FileSystemReference, handler: CallHandler, signal: AbortSignal): Promise<void> {
    const { built, definition } = this.#find(reference)
    if (!definition) return
    const either = AbortSignal.any([signal, this.#abort.signal])
    // A session to itself: the exporter does not say which listing it answers.
    const handlers = new Map([[fileSendPath, handler]])
    const session = await openSession(built.endpoint, { sharedKey: '', handlers }, either)
    try {
      const exporter = { type: 'local', attributes: {} }
      const { entitlements } = built
      const job = await GatewayJob.open(built.endpoint, { session: session.id, exporter, entitlements }, either)
      try {
        await job.finish(await job.solveDefinition(definition, either), either)
      } finally {
        job.close()
      }
    } finally {
      session.close()
    }
  }

  async read(
    place: FileSystemReference,
    path: string,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<FileContent> {
    const { job, references, definition, vertex } = this.#find(place)
    if (!definition) throw new HostError('not-found', `Stage ${place.stage} holds no files.`)
    const known = references.get(vertex) ?? openReference(job, definition, this.#abort.signal)
    references.set(vertex, known)
    // A reference that could not be had is asked for anew next time.
    known.catch(() => references.delete(vertex))
    try {
      const reference = await known
      const { path: found, size } = await this.#regularFile(job, reference, path, signal)
      const content =
        offset >= size ? new Uint8Array() : await job.readFile(reference, `/${found}`, offset, length, signal)
      return { base64: Buffer.from(content).toString('base64'), size }
    } catch (error) {
      throw explained(error)
    }
  }

  /** Follows links within the stage's file system. */
  async #regularFile(job: GatewayJob, reference: string, path: string, signal: AbortSignal) {
    let followed = cleanPath(path)
    for (let hops = 0; hops < 40; hops++) {
      const shown = followed.join('/')
      const stat = await job.stat(reference, `/${shown}`, signal)
      const kind = kindOfGoMode(stat?.mode ?? 0)
      if (stat && kind === 'file') return { path: shown, size: Number(stat.size) }
      if (!stat || kind !== 'symlink')
        throw new HostError(
          kind === 'directory' ? 'is-directory' : 'invalid-argument',
          `“${path}” is a ${kind}, not a file that can be read.`,
        )
      const link = new TextDecoder().decode(stat.link)
      followed = cleanPath(link.startsWith('/') ? link : [...followed.slice(0, -1), link].join('/'))
    }
    throw new HostError('invalid-argument', `“${path}” is a link that leads in circles.`)
  }

  release(build: string): void {
    const held = this.#held.get(build)
    if (!held) return
    this.#held.delete(build)
    held.job.close()
    held.built.session.close()
  }

  /**
   * Lets go of what was built without the cache. The engine would take a step that is still held for the same step of the
   * next build without the cache, and not run it.
   */
  async releaseUncached(): Promise<void> {
    const uncached = [...this.#held].filter(([, { built }]) => built.withoutCache)
    await Promise.all(uncached.map(([build]) => this.#dismiss(build)))
  }

  /** Releases it once the engine has let go: its job is ended, not broken off, and the answer comes after that. */
  async #dismiss(build: string): Promise<void> {
    await this.#held
      .get(build)
      ?.job.finish(create(ResultSchema), AbortSignal.timeout(2_000))
      .catch(() => undefined)
    this.release(build)
  }

  close(): void {
    this.#abort.abort(new HostError('gone', 'The engine was let go of.'))
    for (const build of [...this.#held.keys()]) this.release(build)
  }

  #find({ build, stage, line, platform = '' }: FileSystemReference) {
    const held = this.#held.get(build)
    if (!held) throw new HostError('gone', this.#madeWay.has(build) ? madeWay : noLongerHeld)
    const built = held.platforms.get(platform)
    if (!built) throw new HostError('gone', `This build was not for ${platform}. Build for it first.`)
    const result = resultOfStage(built.stages, built.vertices, stage, line)
    if (result.kind === 'absent' || (result.kind === 'vertex' && !isBuilt(held.built, result.vertex)))
      throw new HostError('gone', `Stage ${stage} was not part of this build. Build to it first.`)
    if (result.kind === 'empty') return { ...held, definition: null, vertex: '' }
    return { ...held, definition: cutDefinition(built.definition, result.vertex), vertex: result.vertex }
  }
}

/** Makes the second job know everything the first one made. False where there is nothing to look at. */
async function pin(
  job: GatewayJob,
  built: BuiltDefinition,
  { definition, vertices, stages }: BuiltPlatform,
  signal: AbortSignal,
): Promise<boolean> {
  if (built.ran) {
    await run(job, definition, signal)
    return true
  }
  // A build that failed: the stages that were finished can be looked at all the same.
  const results = stages.map((_, index) => resultOfStage(stages, vertices, index))
  const finished = results.flatMap(result =>
    result.kind === 'vertex' && isBuilt(built, result.vertex) ? [result.vertex] : [],
  )
  await Promise.all([...new Set(finished)].map(vertex => run(job, cutDefinition(definition, vertex), signal)))
  return finished.length > 0 || results.some(({ kind }) => kind === 'empty')
}

async function run(job: GatewayJob, definition: Definition, signal: AbortSignal): Promise<string> {
  const reference = referenceOf(await job.solveDefinition(definition, signal))
  if (reference !== '') await job.run(reference, signal)
  return reference
}

function openReference(job: GatewayJob, definition: Definition, signal: AbortSignal): Promise<string> {
  return run(job, definition, signal)
}

function isBuilt(built: BuiltDefinition, vertex: string): boolean {
  return built.isComplete(vertex)
}

function explained(error: unknown): Error {
  if (error instanceof HostError) return error
  const message = error instanceof Error ? error.message : String(error)
  const lost =
    error instanceof GrpcError ? error.code === grpcStatus.unavailable : error instanceof Error && 'code' in error
  if (lost)
    return new HostError('gone', `The engine let go of this build (${message}). Build again to see its files.`, {
      cause: error,
    })
  if (/no such file or directory|not found/.test(message))
    return new HostError('not-found', `There is no such file: ${message}.`, { cause: error })
  return new HostError('engine-failed', `The engine could not read the files: ${message}.`, { cause: error })
}
