import { randomBytes } from 'node:crypto'
import { analyze } from '../../../shared/analysis.ts'
import type { BuildEvent, BuildRequest } from '../../../shared/builds/build-events.ts'
import { inputsOf } from '../../../shared/builds/request-inputs.ts'
import { runsAnew, sentFolders } from './build-inputs.ts'
import { verticesOf, type Vertex } from './definition.ts'
import { dockerConfigDirectory, type Endpoint, type EndpointSearch } from './endpoint.ts'
import type { EventQueue } from './event-queue.ts'
import { explainFailure } from './failure.ts'
import { type SolvedText, solveText } from './frontend-solve.ts'
import { definitionsOf, GatewayJob, openControl, referencesOf } from './gateway-job.ts'
import { OversizeTrailers } from './grpc-client.ts'
import { GrpcError, grpcStatus } from './grpc-framing.ts'
import type { Result } from './protocol/generated/gateway_pb.ts'
import type { Definition } from './protocol/generated/ops_pb.ts'
import { answerCredentials, credentialsPath } from './services/auth.ts'
import { answerFileSync, fileSyncPath, type SentFolder } from './services/filesync.ts'
import { answerSecrets, getSecretPath, type Secrets } from './services/secrets.ts'
import { answerAgentCheck, checkAgentPath, findAgents, forwardAgent, forwardAgentPath } from './services/ssh-agent.ts'
import { type ClientSession, openSession } from './session.ts'
import { StatusEvents } from './status-events.ts'
import { StatusFollower } from './status-follower.ts'

export interface BuildSurroundings {
  readonly endpoint: Endpoint
  /** "Docker Engine 28.5.2". */
  readonly engineTitle: string
  readonly isPodman: boolean
  /** Of itself, without BuildKit. */
  readonly knowsHeredocs: boolean
  /** Whether what it tells of a build breaks off at much output (see `followBuild`). */
  readonly losesStatus: boolean
  readonly search: EndpointSearch
  readonly secrets: Secrets
  /** See `sharedKey`: the engine keeps what it received of a context under it. */
  readonly contextKey: string
  /** To be called before steps run: what stands on that key and cannot stay lets go of it. */
  readonly makeWay: () => Promise<void>
}

/** What a build leaves behind: enough to look at any of its stages. */
export interface BuiltDefinition {
  readonly build: string
  readonly endpoint: Endpoint
  readonly session: ClientSession
  /** By platform as it was asked for; '' is the first, or the only one. */
  readonly definitions: ReadonlyMap<string, Definition>
  readonly withoutCache: boolean
  /** What its steps are allowed to use: to run them again, or to find what they left, takes the same. */
  readonly entitlements: readonly string[]
  readonly contextKey: string
  /** Of the largest folder that the engine was offered. */
  readonly contextBytes: number
  /** Whether the whole definition was carried out. */
  readonly ran: boolean
  /** Whether a vertex was carried out or taken from the cache. */
  readonly isComplete: (vertex: string) => boolean
}

/** Keeps a build's file systems, and its session with them, or says that it could not; called before the build ends. */
export type Holder = (built: BuiltDefinition, signal: AbortSignal) => Promise<boolean>

/** How long the engine may be silent before it has told of the end of a build. */
const silenceMilliseconds = 10_000
/** The same for a build that was broken off. */
const farewellMilliseconds = 3_000
/** How long to wait for the status messages that say which step failed. */
const failureMilliseconds = 500

/**
 * Runs one build and fills the queue with its events; the last one tells how it ended. `text` is what the engine reads:
 * the request's text, cut where a stage was asked for by number.
 *
 * @throws system errors and HostErrors when the build could not be begun; later failures are events.
 */
export async function runBuild(
  request: BuildRequest,
  text: string,
  surroundings: BuildSurroundings,
  events: EventQueue<BuildEvent>,
  hold: Holder,
  signal: AbortSignal,
): Promise<void> {
  const { endpoint } = surroundings
  const began = performance.now()
  const folders = await sentFolders(request, text)
  let contextBytes = 0
  const onListed = (bytes: number) => {
    contextBytes = Math.max(contextBytes, bytes)
  }
  const session = await openBuildSession(request, folders, surroundings, onListed, signal)
  let held = false
  let job: GatewayJob | null = null
  const leaving = new AbortController()
  // An engine that has lost its way back to us goes on with the step that runs, and fails at the next.
  const stopping = new AbortController()
  const stop = () => stopping.abort(signal.reason)
  signal.addEventListener('abort', stop)
  void session.closed.then(() => stopping.abort(new GrpcError(grpcStatus.unavailable, 'The session is closed.')))
  const open = async (windowSize?: number) => {
    const control = await openControl(endpoint, AbortSignal.any([signal, leaving.signal]), windowSize)
    leaving.signal.addEventListener('abort', () => control.close())
    return control
  }
  try {
    const tags = endpoint.isBuildKit ? [] : request.tags
    const exporter = tags.length === 0 ? null : { type: 'moby', attributes: { name: tags.join(',') } }
    const entitlements = request.options?.network === 'host' ? ['network.host'] : []
    job = await GatewayJob.open(endpoint, { session: session.id, exporter, entitlements }, signal)
    // Status has a connection to itself: it must survive when an error too large for HTTP/2 breaks the other one.
    const control = await open()
    const build = randomBytes(8).toString('hex')
    events.push({ kind: 'started', build, engine: surroundings.engineTitle })
    if (tags.length < request.tags.length) events.push(notTagged(request.tags))

    const status = new StatusEvents()
    const follower = new StatusFollower(status, events)
    const following = follower.follow(control, surroundings.losesStatus ? () => open(0) : null, job.reference)
    const solving = async (job: GatewayJob) => {
      const solved = await solveText(job, request, text, folders, endpoint, stopping.signal)
      await surroundings.makeWay()
      return solved
    }
    const outcome = await carryOut(job, solving, status, events, stopping.signal)
    if (outcome.definitions.size > 0) {
      const { definitions } = outcome
      const ran = outcome.end.kind === 'ran'
      // What failed is told of a moment later than that something did.
      if (!ran) await status.settled(failureMilliseconds)
      const isComplete = (vertex: string) => ran || status.isComplete(vertex)
      const { contextKey } = surroundings
      const withoutCache = runsAnew(request)
      const built = {
        build,
        endpoint,
        session,
        definitions,
        withoutCache,
        contextKey,
        contextBytes,
        entitlements,
      }
      held = await hold({ ...built, ran, isComplete }, signal)
    }
    let end = outcome.end
    let exported: Readonly<Record<string, string>> = {}
    if (end.kind === 'ran')
      exported = await job.finish(end.result, stopping.signal).catch((error: unknown) => {
        end = { kind: 'failed', error }
        return {}
      })
    // The engine no longer reads from the disk: what is looked at later is what was built, or nothing.
    folders.clear()
    if (end.kind === 'failed') {
      // A connection that met too much cannot even cancel; closing it does.
      if (end.error instanceof OversizeTrailers) job.close()
      else job.cancel()
    }
    follower.buildEnded()
    const farewell = signal.aborted
      ? delay(farewellMilliseconds)
      : follower.silence(end.kind === 'ran' ? silenceMilliseconds : farewellMilliseconds)
    const told = await Promise.race([following, farewell])
    for (const event of status.finish()) events.push(event)
    if (end.kind === 'ran' && told !== 'all') events.push(notTold(told))

    const milliseconds = performance.now() - began
    if (signal.aborted) events.push({ kind: 'cancelled', milliseconds })
    else if (end.kind === 'ran') {
      for (const event of status.passedOver(outcome.vertices)) events.push(event)
      const image = tags.length === 0 ? null : (exported['containerimage.digest'] ?? null)
      events.push({ kind: 'succeeded', image, tags: [...tags], milliseconds })
    } else {
      const vertex = status.failure
      const output = vertex === null ? '' : status.outputOf(vertex.vertex)
      const error = end.error instanceof OversizeTrailers && !vertex ? (errorInText(request) ?? end.error) : end.error
      const { vertices } = outcome
      events.push({ ...explainFailure({ error, vertex, vertices, endpoint: endpoint.url, output }), milliseconds })
    }
  } finally {
    job?.close()
    leaving.abort()
    signal.removeEventListener('abort', stop)
    if (!held) session.close()
  }
}

function notTagged(tags: readonly string[]): BuildEvent {
  const message = `A BuildKit daemon keeps no images, so nothing is tagged ${tags.join(', ')}. Build on a Docker Engine for an image.`
  return { kind: 'warning', rule: '', message, lines: [] }
}

interface Outcome {
  /** None when the engine did not get as far. */
  readonly definitions: BuiltDefinition['definitions']
  readonly vertices: readonly Vertex[]
  readonly end: { readonly kind: 'ran'; readonly result: Result } | { readonly kind: 'failed'; readonly error: unknown }
}

async function carryOut(
  job: GatewayJob,
  solve: (job: GatewayJob) => Promise<SolvedText>,
  status: StatusEvents,
  events: EventQueue<BuildEvent>,
  signal: AbortSignal,
): Promise<Outcome> {
  let definitions: BuiltDefinition['definitions'] = new Map()
  let vertices: readonly Vertex[] = []
  try {
    const solved = await solve(job)
    const { result } = solved
    const { definition, others } = solved
    if (definition !== null) definitions = new Map([['', definition], ...others])
    vertices = uniqueVertices(definition === null ? [] : [...definitionsOf(solved.result), definition])
    status.plan(vertices)
    events.push({
      kind: 'planned',
      steps: vertices.map(({ digest, name, lines, inputs }) => ({
        vertex: digest,
        name,
        lines: [...lines],
        inputs: [...inputs],
      })),
    })
    await Promise.all(
      referencesOf(result)
        .filter(reference => reference !== '')
        .map(reference => job.run(reference, signal)),
    )
    return { definitions, vertices, end: { kind: 'ran', result } }
  } catch (error) {
    return { definitions, vertices, end: { kind: 'failed', error } }
  }
}

/** Platforms share what does not depend on them. */
function uniqueVertices(definitions: readonly Definition[]): readonly Vertex[] {
  return [...new Map(definitions.flatMap(verticesOf).map(vertex => [vertex.digest, vertex])).values()]
}

function notTold(reason: unknown): BuildEvent {
  const why = reason instanceof Error ? ` (${reason.message})` : ': it was silent for ten seconds'
  const message = `The engine did not tell all of the build${why}. Output and times of its last steps are missing here.`
  return { kind: 'warning', rule: '', message, lines: [] }
}

/**
 * What is wrong with a text that the engine refused with more words than the connection can carry. Our own checks speak
 * BuildKit's language.
 */
function errorInText(request: BuildRequest): GrpcError | null {
  const { diagnostics } = analyze(request.text, inputsOf(request))
  const found = diagnostics.find(({ severity }) => severity === 'error')
  return found
    ? new GrpcError(grpcStatus.unknown, `dockerfile parse error on line ${found.line}: ${found.message}`)
    : null
}

async function openBuildSession(
  request: BuildRequest,
  folders: Map<string, SentFolder>,
  surroundings: BuildSurroundings,
  onListed: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ClientSession> {
  const agents = findAgents(request, surroundings.search.environment)
  const handlers = new Map([
    [fileSyncPath, answerFileSync(() => folders, onListed)],
    [credentialsPath, answerCredentials(dockerConfigDirectory(surroundings.search))],
    [getSecretPath, answerSecrets(surroundings.secrets)],
    [checkAgentPath, answerAgentCheck(agents)],
    [forwardAgentPath, forwardAgent(agents)],
  ])
  return openSession(surroundings.endpoint, { sharedKey: surroundings.contextKey, handlers }, signal)
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds).unref())
}
