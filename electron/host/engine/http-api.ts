import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { EngineImage } from '../../../shared/bridge/contract.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { z } from '../../../shared/schema.ts'
import { abortReason, dial } from './dial.ts'
import { type Endpoint, stringAt } from './endpoint.ts'

/** What `/_ping` and `/version` tell of an engine. */
export interface EngineDescription {
  /** "Docker Engine", "Podman" or "BuildKit". */
  readonly name: string
  readonly version: string
  /** The highest API version that both sides know; '' for a BuildKit daemon, which has none. */
  readonly apiVersion: string
  /** "linux/amd64". */
  readonly platform: string
  readonly podman: boolean
}

/** Something answered at the endpoint that is no engine. */
export class NotAnEngine extends Error {
  override readonly name = 'NotAnEngine'
}

/** It takes HTTPS only. */
export class WantsTls extends Error {
  override readonly name = 'WantsTls'
}

/** An engine whose API and ours have no version in common. */
export class UnusableApi extends Error {
  override readonly name = 'UnusableApi'
  override readonly cause: 'api-too-old' | 'api-too-new'
  readonly advice: string

  constructor(cause: 'api-too-old' | 'api-too-new', message: string) {
    super(message)
    this.cause = cause
    this.advice =
      cause === 'api-too-old'
        ? 'Update it to Docker 20.10, Podman 4 or newer.'
        : 'Update Slipway, or choose another engine.'
  }
}

interface PlainResponse {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** The newest API version this client was tried with; engines below it are spoken to in their own. */
const newestKnownApi = '1.51'
/** The API of Docker 20.10 and Podman 4. */
const oldestKnownApi = '1.41'

/** One plain HTTP exchange on a connection of its own. */
export async function plainRequest(
  endpoint: Endpoint,
  method: 'GET' | 'POST' | 'HEAD' | 'DELETE',
  path: string,
  signal: AbortSignal,
): Promise<PlainResponse> {
  const incoming = await openResponse(endpoint, method, path, signal)
  const chunks: Buffer[] = []
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) }
}

/** The same with a body that is still to come; destroying it ends the exchange. */
export async function openResponse(
  endpoint: Endpoint,
  method: 'GET' | 'POST' | 'HEAD' | 'DELETE',
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const socket = await dial(endpoint, signal)
  return new Promise<IncomingMessage>((resolve, reject) => {
    const abort = () => socket.destroy(abortReason(signal))
    signal.addEventListener('abort', abort, { once: true })
    socket.once('close', () => signal.removeEventListener('abort', abort))
    // No `agent: false` here: with it Node ignores createConnection.
    const outgoing = httpRequest(
      { method, path, headers: { host: 'docker', connection: 'close' }, createConnection: () => socket },
      resolve,
    )
    outgoing.on('error', reject)
    outgoing.end()
  })
}

/**
 * Asks who is there. The ping is never versioned: a fixed version would be refused by engines that dropped it.
 * @throws NotAnEngine when the answer is not an engine's; WantsTls; UnusableApi when versions do not meet; system errors when
 * nobody answers.
 */
export async function describeEngine(endpoint: Endpoint, signal: AbortSignal): Promise<EngineDescription> {
  let ping: PlainResponse
  try {
    ping = await plainRequest(endpoint, 'GET', '/_ping', signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_'))
      throw new NotAnEngine('What answers there does not speak HTTP.', { cause: error })
    throw error
  }
  // As Go's server says it.
  if (ping.status === 400 && ping.body.includes('HTTP request to an HTTPS server')) throw new WantsTls()
  const offered = ping.headers.get('api-version')
  if (offered === undefined)
    throw new NotAnEngine(`What answers there is no container engine (HTTP status ${ping.status}).`)
  if (compareVersions(offered, oldestKnownApi) < 0)
    throw new UnusableApi('api-too-old', `it offers API ${offered}, and Slipway needs ${oldestKnownApi} or newer`)
  const podman = ping.headers.has('libpod-api-version')
  const apiVersion = compareVersions(offered, newestKnownApi) < 0 ? offered : newestKnownApi
  const details = await plainRequest(endpoint, 'GET', '/version', signal)
  const version = details.status === 200 ? parsedVersion(details.body) : {}
  const oldest = stringAt(version, ['MinAPIVersion'])
  if (oldest !== null && compareVersions(newestKnownApi, oldest) < 0)
    throw new UnusableApi('api-too-new', `it takes API ${oldest} or newer, and Slipway speaks up to ${newestKnownApi}`)
  return {
    name: podman ? 'Podman' : 'Docker Engine',
    version: stringAt(version, ['Version']) ?? 'unknown',
    apiVersion,
    platform: `${stringAt(version, ['Os']) ?? 'linux'}/${stringAt(version, ['Arch']) ?? 'unknown'}`,
    podman,
  }
}

function parsedVersion(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new NotAnEngine('What answers there is no container engine: it does not tell its version.', { cause: error })
  }
}

const imagesSchema = z.array(
  z.object({ RepoTags: z.array(z.string()).nullish(), Size: z.number(), Created: z.number() }),
)

/**
 * Tagged images that the engine has, the newest image first, under the names that people write; what has no tag is left
 * out, and a BuildKit daemon has none.
 * @throws HostError engine-failed where the engine does not say.
 */
export async function listImages(
  endpoint: Endpoint,
  { apiVersion }: EngineDescription,
  signal: AbortSignal,
): Promise<readonly EngineImage[]> {
  if (endpoint.isBuildKit) return []
  const { status, body } = await plainRequest(endpoint, 'GET', `/v${apiVersion}/images/json`, signal)
  const listed = status === 200 ? imagesSchema.safeParse(JSON.parse(body.toString('utf8'))) : null
  if (listed?.success !== true)
    throw new HostError(
      'engine-failed',
      `The engine at ${endpoint.url} does not list its images (HTTP status ${status}).`,
    )
  return listed.data.flatMap(({ RepoTags, Size, Created }) =>
    (RepoTags ?? [])
      .filter(tag => !tag.includes('<none>'))
      .map(tag => ({
        reference: tag.replace(/^docker\.io\/(?:library\/)?/, ''),
        bytes: Size,
        created: Created * 1000,
      })),
  )
}

/** Negative where `left` is the older of two dotted versions. */
function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number)
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number)
  return leftMajor - rightMajor || leftMinor - rightMinor
}
