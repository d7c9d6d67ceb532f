import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { EngineChoice } from '../../../shared/engine-places.ts'
import { builderAddress } from './buildx-builders.ts'

/** What proves both sides to each other over TCP; absent parts are left to the system. */
export interface TlsMaterial {
  readonly certificateAuthority: Buffer | null
  readonly certificate: Buffer | null
  readonly key: Buffer | null
  readonly verify: boolean
  /** What the other side's certificate is made out to; the host where it is not given. */
  readonly serverName?: string
}

export type Transport =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: TlsMaterial | null }
  /** Through the user's own ssh program, thus with their configuration, keys and known hosts. */
  | { readonly kind: 'ssh'; readonly arguments: readonly string[] }

/** Where an engine should be, and who said so. */
export interface Endpoint {
  /** As the docker command writes it: unix:///var/run/docker.sock. */
  readonly url: string
  /** "DOCKER_HOST", "context colima", "default socket". */
  readonly source: string
  readonly transport: Transport
  /** Known once it was asked: a BuildKit daemon, which speaks gRPC at once and has no HTTP API. */
  readonly isBuildKit?: boolean
}

export interface EndpointSearch {
  readonly environment: NodeJS.ProcessEnv
  readonly homeDirectory: string
  /** `process.platform` unless a test says otherwise. */
  readonly platform?: NodeJS.Platform
}

/** The folder of the docker command's configuration. */
export function dockerConfigDirectory(search: EndpointSearch): string {
  return nonEmpty(search.environment.DOCKER_CONFIG) ?? join(search.homeDirectory, '.docker')
}

/** The folder of the buildx plugin's configuration. */
export function buildxDirectory(search: EndpointSearch): string {
  return nonEmpty(search.environment.BUILDX_CONFIG) ?? join(dockerConfigDirectory(search), 'buildx')
}

/**
 * The endpoint of a choice. The automatic one is found as the docker command does: DOCKER_HOST, then DOCKER_CONTEXT, then
 * the configuration's current context, then the default socket.
 * @throws HostError no-engine when what is configured does not exist or cannot be understood.
 */
export async function findEndpoint(
  search: EndpointSearch,
  choice: EngineChoice = { kind: 'automatic' },
): Promise<Endpoint> {
  if (choice.kind === 'context') return contextEndpoint(search, choice.name, 'chosen')
  if (choice.kind === 'builder') {
    const { url, tls } = await builderAddress(buildxDirectory(search), choice.name)
    const origin = `builder ${choice.name}`
    return { url, source: origin, transport: transportOf(url, `The buildx ${origin}`, tls) }
  }
  if (choice.kind === 'address') {
    const { url, certificates } = choice
    const tls = certificates === null ? null : await tlsFromDirectory(certificates, true)
    if (certificates !== null && tls === null)
      throw new HostError(
        'no-engine',
        `${certificates} holds none of ca.pem, cert.pem and key.pem. Name the folder that the engine's certificates lie in.`,
      )
    return { url, source: 'chosen in Slipway', transport: transportOf(url, 'The address', tls) }
  }
  const { environment } = search
  if (environment.DOCKER_HOST) {
    const tls = await tlsFromEnvironment(search)
    return {
      url: environment.DOCKER_HOST,
      source: 'DOCKER_HOST',
      transport: transportOf(environment.DOCKER_HOST, 'DOCKER_HOST', tls),
    }
  }
  const named = nonEmpty(environment.DOCKER_CONTEXT) ?? (await currentContext(search))
  if (named && named !== 'default')
    return contextEndpoint(search, named, environment.DOCKER_CONTEXT ? 'DOCKER_CONTEXT' : 'config.json')
  const url = defaultSocket(search)
  return { url, source: 'default socket', transport: transportOf(url, 'The default socket', null) }
}

export function defaultSocket(search: EndpointSearch): string {
  const windows = (search.platform ?? process.platform) === 'win32'
  return windows ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock'
}

/** Names of the docker command's contexts, beside "default". */
export async function listContexts(search: EndpointSearch): Promise<readonly string[]> {
  const directory = join(dockerConfigDirectory(search), 'contexts', 'meta')
  const keys = await readdir(directory).catch(() => [])
  const names = await Promise.all(
    keys.map(async key => {
      const text = await readIfPresent(join(directory, key, 'meta.json')).catch(() => null)
      return text && stringAt(parsedOrNull(text.toString('utf8')), ['Name'])
    }),
  )
  return names.filter(name => name !== null).sort()
}

async function currentContext(search: EndpointSearch): Promise<string | null> {
  const path = join(dockerConfigDirectory(search), 'config.json')
  const text = await readIfPresent(path)
  if (text === null) return null
  const configuration = parseJson(text.toString('utf8'), path)
  return stringAt(configuration, ['currentContext'])
}

async function contextEndpoint(
  search: EndpointSearch,
  name: string,
  origin: 'chosen' | 'DOCKER_CONTEXT' | 'config.json',
): Promise<Endpoint> {
  const directory = dockerConfigDirectory(search)
  const key = createHash('sha256').update(name).digest('hex')
  const path = join(directory, 'contexts', 'meta', key, 'meta.json')
  const text = await readIfPresent(path)
  if (text === null) {
    if (origin === 'chosen')
      throw new HostError('no-engine', `There is no Docker context “${name}” any more. Choose another engine.`)
    const asked = origin === 'DOCKER_CONTEXT' ? 'DOCKER_CONTEXT names' : `${join(directory, 'config.json')} names`
    throw new HostError(
      'no-engine',
      `${asked} the Docker context “${name}”, but there is no such context. List them with “docker context ls” and choose one with “docker context use”.`,
    )
  }
  const meta = parseJson(text.toString('utf8'), path)
  const url = stringAt(meta, ['Endpoints', 'docker', 'Host'])
  if (!url) throw new HostError('no-engine', `The Docker context “${name}” (${path}) names no Docker endpoint.`)
  const verify = valueAt(meta, ['Endpoints', 'docker', 'SkipTLSVerify']) !== true
  const tls = await tlsFromDirectory(join(directory, 'contexts', 'tls', key, 'docker'), verify)
  return { url, source: `context ${name}`, transport: transportOf(url, `The Docker context “${name}”`, tls) }
}

async function tlsFromEnvironment(search: EndpointSearch): Promise<TlsMaterial | null> {
  const { DOCKER_TLS_VERIFY: verify, DOCKER_TLS: tls, DOCKER_CERT_PATH: directory } = search.environment
  if (!verify && !tls) return null
  const material = await tlsFromDirectory(nonEmpty(directory) ?? dockerConfigDirectory(search), Boolean(verify))
  return material ?? { certificateAuthority: null, certificate: null, key: null, verify: Boolean(verify) }
}

async function tlsFromDirectory(directory: string, verify: boolean): Promise<TlsMaterial | null> {
  const [certificateAuthority, certificate, key] = await Promise.all([
    readIfPresent(join(directory, 'ca.pem')),
    readIfPresent(join(directory, 'cert.pem')),
    readIfPresent(join(directory, 'key.pem')),
  ])
  if (!certificateAuthority && !certificate && !key) return null
  if (!certificate !== !key)
    throw new HostError(
      'no-engine',
      `${directory} holds ${certificate ? 'cert.pem without key.pem' : 'key.pem without cert.pem'}, and both are needed to prove who you are.`,
    )
  return { certificateAuthority, certificate, key, verify }
}

function transportOf(url: string, origin: string, tls: TlsMaterial | null): Transport {
  const separator = url.indexOf('://')
  const scheme = separator < 0 ? '' : url.slice(0, separator)
  const rest = url.slice(separator + 3)
  switch (scheme) {
    case 'unix':
      return { kind: 'socket', path: rest }
    case 'npipe':
      return { kind: 'socket', path: rest.replaceAll('/', '\\') }
    case 'tcp':
    case 'http':
    case 'https': {
      const address = parseUrl(`http://${rest}`, url, origin)
      const secured =
        tls ?? (scheme === 'https' ? { certificateAuthority: null, certificate: null, key: null, verify: true } : null)
      const port = address.port === '' ? (secured ? 2376 : 2375) : Number(address.port)
      return { kind: 'tcp', host: address.hostname.replace(/^\[|\]$/g, ''), port, tls: secured }
    }
    case 'ssh':
      return { kind: 'ssh', arguments: sshArguments(parseUrl(url, url, origin)) }
    default:
      throw new HostError(
        'no-engine',
        `${origin} says “${url}”, which is no address of an engine. It must begin with unix://, tcp://, ssh:// or npipe://.`,
      )
  }
}

function sshArguments(address: URL): string[] {
  const remote = address.pathname === '' || address.pathname === '/' ? [] : ['--host', `unix://${address.pathname}`]
  return [
    ...['-o', 'ConnectTimeout=30', '-T'],
    ...(address.username ? ['-l', decodeURIComponent(address.username)] : []),
    ...(address.port ? ['-p', address.port] : []),
    ...['--', address.hostname.replace(/^\[|\]$/g, ''), 'docker', ...remote, 'system', 'dial-stdio'],
  ]
}

function parseUrl(text: string, shown: string, origin: string): URL {
  try {
    return new URL(text)
  } catch (error) {
    throw new HostError('no-engine', `${origin} says “${shown}”, which cannot be read as an address.`, { cause: error })
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new HostError('no-engine', `${path} is not valid JSON, so the Docker context cannot be found.`, {
      cause: error,
    })
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function readIfPresent(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new HostError('no-engine', `${path} cannot be read (${String(code)}), so the engine cannot be found.`, {
      cause: error,
    })
  }
}

/** Variables that are set to nothing count as not set, as the docker command has it. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

/** The value at a path of keys; undefined where the shape is another. */
export function valueAt(root: unknown, keys: readonly string[]): unknown {
  let value = root
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined
    value = new Map<string, unknown>(Object.entries(value)).get(key)
  }
  return value
}

/** The string at a path of keys; null where there is none. */
export function stringAt(root: unknown, keys: readonly string[]): string | null {
  const value = valueAt(root, keys)
  return typeof value === 'string' ? value : null
}
