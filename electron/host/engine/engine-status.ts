import type { EngineStatus } from '../../../shared/bridge/contract.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { EngineChoice } from '../../../shared/engine-places.ts'
import { type Endpoint, type EndpointSearch, findEndpoint } from './endpoint.ts'
import { describeBuildKit, mayBeBuildKit } from './buildkit-daemon.ts'
import { describeEngine, type EngineDescription } from './http-api.ts'
import { type ExplainedSilence, explainSilence, Silence } from './silence.ts'

interface Found {
  readonly kind: 'found'
  readonly endpoint: Endpoint
  readonly description: EngineDescription
}

/** An engine that answers, or why there is none. */
export type FoundEngine =
  | Found
  | {
      readonly kind: 'none'
      readonly message: string
      readonly tried: readonly string[]
      readonly silence: ExplainedSilence
      /** '' where not even that could be found out. */
      readonly url: string
    }

/** Long enough for ssh to ask an agent. */
const answerMilliseconds = 15_000
/** A local engine that is at work still answers a ping. */
const socketMilliseconds = 5_000

export async function findEngine(
  search: EndpointSearch,
  choice: EngineChoice,
  signal: AbortSignal,
): Promise<FoundEngine> {
  let endpoint: Endpoint
  try {
    endpoint = await findEndpoint(search, choice)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    const silence = { cause: 'misconfigured', reason: error.message.replace(/\.$/, ''), advice: '' } as const
    return { kind: 'none', message: error.message, tried: [error.message], silence, url: '' }
  }
  // A timer of our own: Node 20 may collect the source of a signal made by AbortSignal.any, which then never aborts.
  const limit = new AbortController()
  const giveUp = () => limit.abort(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  const patience = endpoint.transport.kind === 'socket' ? socketMilliseconds : answerMilliseconds
  const timer = setTimeout(() => limit.abort(new Silence(patience)), patience)
  try {
    signal.throwIfAborted()
    return { kind: 'found', ...(await describe(endpoint, limit.signal)) }
  } catch (error) {
    signal.throwIfAborted()
    const silence = explainSilence(endpoint, error)
    const { reason, advice } = silence
    return {
      kind: 'none',
      message: `No engine answers at ${endpoint.url} (${endpoint.source}): ${reason}. ${advice}`,
      tried: [`${endpoint.url} (${endpoint.source}): ${reason}`],
      silence,
      url: endpoint.url,
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

async function describe(endpoint: Endpoint, signal: AbortSignal): Promise<Pick<Found, 'endpoint' | 'description'>> {
  try {
    return { endpoint, description: await describeEngine(endpoint, signal) }
  } catch (error) {
    if (!mayBeBuildKit(error)) throw error
    const daemon = { ...endpoint, isBuildKit: true }
    const description = await describeBuildKit(daemon, signal).catch(() => null)
    if (description === null) throw error
    return { endpoint: daemon, description }
  }
}

export function statusOf(found: FoundEngine): EngineStatus {
  if (found.kind === 'none') return { kind: 'unavailable', message: found.message, tried: [...found.tried] }
  const { endpoint, description } = found
  return {
    kind: 'ready',
    endpoint: endpoint.url,
    source: endpoint.source,
    name: description.name,
    version: description.version,
    apiVersion: description.apiVersion,
    platform: description.platform,
  }
}
