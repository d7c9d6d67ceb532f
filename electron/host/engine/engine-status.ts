import type { EngineStatus } from '../../../shared/bridge/contract.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { type Endpoint, type EndpointSearch, findEndpoint } from './endpoint.ts'
import { describeEngine, type EngineDescription, NotAnEngine } from './http-api.ts'

/** An engine that answers, or why there is none. */
export type FoundEngine =
  | { readonly kind: 'found'; readonly endpoint: Endpoint; readonly description: EngineDescription }
  | { readonly kind: 'none'; readonly message: string; readonly tried: readonly string[] }

/** Long enough for ssh to ask an agent. */
const answerMilliseconds = 15_000
/** A local engine that is at work still answers a ping. */
const socketMilliseconds = 5_000

class Silence extends Error {
  override readonly name = 'Silence'
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super('Nothing was answered.')
    this.milliseconds = milliseconds
  }
}

export async function findEngine(search: EndpointSearch, signal: AbortSignal): Promise<FoundEngine> {
  let endpoint: Endpoint
  try {
    endpoint = await findEndpoint(search)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { kind: 'none', message: error.message, tried: [error.message] }
  }
  // A timer of our own: Node 20 may collect the source of a signal made by AbortSignal.any, which then never aborts.
  const limit = new AbortController()
  const giveUp = () => limit.abort(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  const patience = endpoint.transport.kind === 'socket' ? socketMilliseconds : answerMilliseconds
  const timer = setTimeout(() => limit.abort(new Silence(patience)), patience)
  try {
    signal.throwIfAborted()
    return { kind: 'found', endpoint, description: await describeEngine(endpoint, limit.signal) }
  } catch (error) {
    signal.throwIfAborted()
    const { reason, advice } = explainSilence(endpoint, error)
    return {
      kind: 'none',
      message: `No engine answers at ${endpoint.url} (${endpoint.source}): ${reason}. ${advice}`,
      tried: [`${endpoint.url} (${endpoint.source}): ${reason}`],
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

export function statusOf(found: FoundEngine): EngineStatus {
  if (found.kind === 'none') return { kind: 'unavailable', message: found.message, tried: [...found.tried] }
  const { endpoint, description } = found
  if (description.podman) {
    const message = podmanSentence(endpoint, description)
    return {
      kind: 'unavailable',
      message,
      tried: [`${endpoint.url} (${endpoint.source}): ${description.name} ${description.version}`],
    }
  }
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

export function podmanSentence(endpoint: Endpoint, description: EngineDescription): string {
  return (
    `Podman ${description.version} answers at ${endpoint.url} (${endpoint.source}). Slipway builds through BuildKit, which Podman ` +
    'does not have; building through Podman is not supported yet. Point DOCKER_HOST or a Docker context to a Docker Engine.'
  )
}

function explainSilence(endpoint: Endpoint, error: unknown): { readonly reason: string; readonly advice: string } {
  const start = 'Start Docker, or name another engine with DOCKER_HOST or “docker context use”.'
  if (error instanceof NotAnEngine) return { reason: trimmed(error.message), advice: 'Correct the address.' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const where = endpoint.transport.kind === 'socket' ? endpoint.transport.path : endpoint.url
  switch (code) {
    case 'ENOENT':
      return endpoint.transport.kind === 'ssh'
        ? { reason: 'the ssh program was not found', advice: 'Install an ssh client.' }
        : { reason: `there is no such file as ${where}`, advice: `Docker is not installed or not running. ${start}` }
    case 'EACCES':
    case 'EPERM':
      return {
        reason: `permission to use ${where} was denied`,
        advice: 'Add yourself to the group “docker” (sudo usermod -aG docker $USER), log in again and restart Slipway.',
      }
    case 'ECONNREFUSED':
      return { reason: `nobody listens at ${where}`, advice: `Docker is not running. ${start}` }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { reason: 'its host name is not known', advice: 'Correct the address, or look at the network.' }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { reason: 'its host cannot be reached', advice: 'Look at the network.' }
    default: {
      if (error instanceof Silence)
        return {
          reason: `it did not answer within ${error.milliseconds / 1_000} seconds`,
          advice: 'Look at the network, or restart Docker.',
        }
      return { reason: trimmed(error instanceof Error ? error.message : String(error)), advice: start }
    }
  }
}

function trimmed(message: string): string {
  return message.trim().replace(/\.$/, '')
}
