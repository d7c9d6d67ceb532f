import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { BuildEvent, BuildRequest } from '../../../shared/builds/build-events.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import { sentFolders } from './build-inputs.ts'
import type { BuildSurroundings } from './build-job.ts'
import { ClassicOutput, classicPlan } from './classic-output.ts'
import { buildQuery, classicContext, refuseBuildKitOnly } from './classic-request.ts'
import type { SentEntry } from './context-walk.ts'
import { abortReason, dial } from './dial.ts'
import { stringAt, valueAt } from './endpoint.ts'
import type { EventQueue } from './event-queue.ts'
import { explainFailure, type FailedEvent, lostConnection } from './failure.ts'
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

type ClassicSurroundings = Pick<
  BuildSurroundings,
  'endpoint' | 'engineTitle' | 'isPodman' | 'knowsHeredocs' | 'secrets'
>

/**
 * Runs one build by `POST /build`, for Podman and engines that refuse BuildKit's protocol: the context as one archive, and
 * a text of lines that tells what happens. Fills the queue as `runBuild` does; nothing of the build can be looked into.
 *
 * @throws system errors and HostErrors when the build could not be begun; later failures are events.
 */
export async function runClassicBuild(
  request: BuildRequest,
  text: string,
  engine: ClassicSurroundings,
  events: EventQueue<BuildEvent>,
  signal: AbortSignal,
): Promise<void> {
  refuseBuildKitOnly(request, text, engine)
  const { endpoint, engineTitle, isPodman, secrets } = engine
  const began = performance.now()
  await sentFolders(request, text)
  const context = await classicContext(request, text, secrets)
  const plan = classicPlan(text)
  const output = new ClassicOutput(plan, parseDockerfile(text).instructions.length)
  const push = (told: Iterable<BuildEvent>) => {
    for (const event of told) events.push(event)
  }
  let answer: IncomingMessage
  try {
    const path = `/build?${buildQuery(request, context, isPodman)}`
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
    if (failure === null && answer.statusCode !== 200)
      failure = `the engine refuses the build with HTTP status ${String(answer.statusCode)}`
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
    if (!signal.aborted) {
      if (!isLoss(error)) throw error
      const failure = lostConnection(endpoint.url, error.message)
      push(output.end('failed', failure.message))
      events.push({ ...failure, milliseconds: performance.now() - began })
      return
    }
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
  const words = exitCode === null ? withoutAccount(message) : `exit code: ${String(exitCode)}`
  const vertices = step
    ? [{ digest: step.vertex, name: step.name, lines: step.lines, inputs: step.inputs, source: null }]
    : []
  const vertex = step && { vertex: step.vertex, name: step.name, error: words }
  const { printed } = output
  return {
    ...explainFailure({ error: new Error(words), vertex, vertices, output: printed, endpoint }),
    detail: message,
  }
}

/** The connection ended before the answer did. */
function isLoss(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** Podman's account of where it was; the step says so better. */
function withoutAccount(message: string): string {
  return message.replace(/^(?:building at STEP ".*?": |creating build container: |building: )+/s, '')
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
