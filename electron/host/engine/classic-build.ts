import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { relative } from 'node:path'
import { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { BuildEvent, BuildRequest } from '../../../shared/builds/build-events.ts'
import { plainOptions } from '../../../shared/builds/build-options.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import { readIgnoreText } from '../documents/ignore-file.ts'
import { sentFolders } from './build-inputs.ts'
import type { BuildSurroundings } from './build-job.ts'
import { ClassicOutput, classicPlan } from './classic-output.ts'
import { type SentEntry, walkContext } from './context-walk.ts'
import { abortReason, dial } from './dial.ts'
import { stringAt, valueAt } from './endpoint.ts'
import type { EventQueue } from './event-queue.ts'
import { explainFailure, type FailedEvent } from './failure.ts'
import { writeTar } from './tar-writer.ts'

const classicPrefix = 'classic-'

/** @throws HostError gone for a build whose stages nobody can look into. */
export function refuseClassic(build: string): void {
  if (build.startsWith(classicPrefix))
    throw new HostError(
      'gone',
      'The files of stages need BuildKit, which the engine of this build does not offer. Build on a Docker Engine to look into them.',
    )
}

/**
 * Runs one build by `POST /build`, for Podman and engines that refuse BuildKit's protocol: the context as one archive, and
 * a text of lines that tells what happens. Fills the queue as `runBuild` does; nothing of the build can be looked into.
 *
 * @throws system errors and HostErrors when the build could not be begun; later failures are events.
 */
export async function runClassicBuild(
  request: BuildRequest,
  text: string,
  { endpoint, engineTitle, isPodman }: Pick<BuildSurroundings, 'endpoint' | 'engineTitle' | 'isPodman'>,
  events: EventQueue<BuildEvent>,
  signal: AbortSignal,
): Promise<void> {
  refuseBuildKitOnly(request)
  const began = performance.now()
  await sentFolders(request, text)
  const context = await contextEntries(request, text)
  const plan = classicPlan(text)
  const output = new ClassicOutput(plan, parseDockerfile(text).instructions.length)
  const push = (told: Iterable<BuildEvent>) => {
    for (const event of told) events.push(event)
  }
  let answer: IncomingMessage
  try {
    const path = `/build?${buildQuery(request, context.dockerfile)}`
    const answering = postTar(endpoint, path, context.entries, signal)
    events.push({ kind: 'started', build: `${classicPrefix}${randomBytes(8).toString('hex')}`, engine: engineTitle })
    events.push({ kind: 'planned', steps: [...plan] })
    answer = await answering
    let image: string | null = null
    let failure: string | null = null
    let exitCode: number | null = null
    for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) {
      const told = parsedLine(line)
      push(output.read(stringAt(told, ['stream']) ?? ''))
      image = stringAt(told, ['aux', 'ID']) ?? image
      failure = stringAt(told, ['error']) ?? stringAt(told, ['message']) ?? failure
      const code = valueAt(told, ['errorDetail', 'code'])
      if (typeof code === 'number') exitCode = code
    }
    signal.throwIfAborted()
    if (failure === null && answer.statusCode !== 200) failure = `HTTP status ${String(answer.statusCode)}`
    if (failure !== null) {
      push(output.end('failed', failure.trim()))
      const milliseconds = performance.now() - began
      events.push({ ...failed(failure.trim(), exitCode, output, endpoint.url), milliseconds })
      return
    }
    push(output.end('done'))
    const milliseconds = performance.now() - began
    const isKept = request.tags.length > 0
    events.push({ kind: 'succeeded', image: isKept ? image : null, tags: [...request.tags], milliseconds })
  } catch (error) {
    if (!signal.aborted) throw error
    if (isPodman)
      push(
        output.say('Podman does not stop a step that runs: it goes on until its own end, and nothing comes after it.'),
      )
    push(output.end('cancelled'))
    events.push({ kind: 'cancelled', milliseconds: performance.now() - began })
  }
}

function failed(message: string, code: number | null, output: ClassicOutput, endpoint: string): FailedEvent {
  const step = output.running
  const named = /exit status (\d+)|returned a non-zero code: (\d+)/.exec(message)
  const exitCode = code ?? (named ? Number(named[1] ?? named[2]) : null)
  const words = exitCode === null ? message : `exit code: ${String(exitCode)}`
  const vertices = step
    ? [{ digest: step.vertex, name: step.name, lines: step.lines, inputs: step.inputs, source: null }]
    : []
  const vertex = step && { vertex: step.vertex, name: step.name, error: words }
  return { ...explainFailure({ error: new Error(words), vertex, vertices, endpoint }), detail: message }
}

/** @throws HostError engine-failed */
function refuseBuildKitOnly({ options = plainOptions }: BuildRequest): void {
  const asked = [
    ...(options.secrets.length > 0 ? ['secrets'] : []),
    ...(Object.keys(options.ssh).length > 0 ? ['ssh agents'] : []),
    ...(Object.keys(options.namedContexts).length > 0 ? ['named contexts'] : []),
    ...(options.noCacheStages.length > 0 ? ['stages without cache'] : []),
    ...(options.otherPlatforms.length > 0 ? ['several platforms'] : []),
  ]
  if (asked.length > 0)
    throw new HostError(
      'engine-failed',
      `This build asks for ${asked.join(' and ')}, which needs BuildKit. Choose a Docker Engine, or build without.`,
    )
}

function buildQuery(request: BuildRequest, dockerfile: string): string {
  const options = request.options ?? plainOptions
  const query = new URLSearchParams({
    ...{ version: '1', dockerfile, rm: '1', forcerm: '1' },
    buildargs: JSON.stringify(request.buildArgs),
    labels: JSON.stringify(options.labels),
    ...(typeof request.target === 'string' && { target: request.target }),
    ...(request.platform !== undefined && { platform: request.platform }),
    ...(request.noCache && { nocache: '1' }),
    ...(options.pull && { pull: '1' }),
    ...(options.network !== 'default' && { networkmode: options.network }),
  })
  for (const tag of request.tags) query.append('t', tag)
  for (const [host, address] of Object.entries(options.extraHosts)) query.append('extrahosts', `${host}:${address}`)
  return query.toString()
}

interface ClassicContext {
  /** The Dockerfile's path in the archive. */
  readonly dockerfile: string
  readonly entries: Iterable<SentEntry>
}

/**
 * The context without what its ignore file leaves out. The text goes in place of the Dockerfile on disk; one from
 * elsewhere gets a name of its own, which no COPY takes along.
 */
async function contextEntries({ path, contextDirectory }: BuildRequest, text: string): Promise<ClassicContext> {
  const inside = path !== null && contextDirectory !== null ? relative(contextDirectory, path) : '..'
  const isInside = !inside.startsWith('..')
  const dockerfile = isInside ? inside.replaceAll('\\', '/') : '.slipway.Dockerfile'
  const ignoreText =
    contextDirectory === null ? null : await readIgnoreText(path ?? `${contextDirectory}/Dockerfile`, contextDirectory)
  const exclude = (ignoreText ?? '').split('\n').filter(line => !line.startsWith('#'))
  const entry = (name: string, content: string): SentEntry => {
    const bytes = Buffer.from(content)
    const modified = BigInt(Date.now()) * 1_000_000n
    return { path: name, mode: 0o644, size: BigInt(bytes.length), modified, link: '', content: bytes }
  }
  function* entries(): Generator<SentEntry> {
    if (contextDirectory !== null)
      for (const found of walkContext(contextDirectory, { exclude, include: [], follow: [] }))
        if (found.path !== dockerfile && (isInside || found.path !== '.dockerignore')) yield found
    yield entry(dockerfile, text)
    if (!isInside) yield entry('.dockerignore', `${ignoreText ?? ''}\n${dockerfile}\n.dockerignore\n`)
  }
  return { dockerfile, entries: entries() }
}

async function postTar(
  endpoint: BuildSurroundings['endpoint'],
  path: string,
  entries: Iterable<SentEntry>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const socket = await dial(endpoint, signal)
  return new Promise((resolve, reject) => {
    const abort = () => socket.destroy(abortReason(signal))
    signal.addEventListener('abort', abort, { once: true })
    socket.once('close', () => signal.removeEventListener('abort', abort))
    const headers = { host: 'docker', connection: 'close', 'content-type': 'application/x-tar' }
    const outgoing = httpRequest({ method: 'POST', path, headers, createConnection: () => socket }, resolve)
    outgoing.on('error', reject)
    const archive = Readable.from(writeTar(entries))
    archive.on('error', error => outgoing.destroy(error))
    archive.pipe(outgoing)
  })
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return { stream: `${line}\n` }
  }
}
