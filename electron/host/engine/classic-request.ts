import { relative } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import type { BuildRequest } from '../../../shared/builds/build-events.ts'
import { plainOptions } from '../../../shared/builds/build-options.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import { readIgnoreText } from '../documents/ignore-file.ts'
import type { BuildSurroundings } from './build-job.ts'
import { type SentEntry, walkContext } from './context-walk.ts'
import type { Secrets } from './services/secrets.ts'

/** @throws HostError engine-failed */
export function refuseBuildKitOnly(
  { options = plainOptions }: BuildRequest,
  text: string,
  { engineTitle, isPodman, knowsHeredocs }: Pick<BuildSurroundings, 'engineTitle' | 'isPodman' | 'knowsHeredocs'>,
): void {
  // An engine that does not know them takes their lines for instructions.
  if (!knowsHeredocs && parseDockerfile(text).instructions.some(({ heredocs }) => heredocs.length > 0))
    throw new HostError(
      'engine-failed',
      `This file has heredocs, which ${engineTitle} does not know without BuildKit. Choose a Docker Engine or Podman 5, or write them as commands.`,
    )
  const asked = [
    ...(options.secrets.length > 0 && !isPodman ? ['secrets'] : []),
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

/** What `POST /build` is asked for. Podman takes some of it in words of its own (its compat_build.go and buildah's names). */
export function buildQuery(request: BuildRequest, { dockerfile, secrets }: ClassicContext, isPodman: boolean): string {
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
  const hosts = Object.entries(options.extraHosts).map(([host, address]) => `${host}:${address}`)
  if (!isPodman) for (const host of hosts) query.append('extrahosts', host)
  else {
    if (hosts.length > 0) query.set('extrahosts', JSON.stringify(hosts))
    if (secrets.length > 0) query.set('secrets', JSON.stringify(secrets))
    if (options.network === 'none') {
      query.set('networkmode', 'NetworkDisabled')
      // Without it steps share the network of the engine.
      query.set('nsoptions', JSON.stringify([{ Name: 'network', Host: false }]))
    }
  }
  return query.toString()
}

export interface ClassicContext {
  /** The Dockerfile's path in the archive. */
  readonly dockerfile: string
  /** As Podman takes them: `id=token,src=path in the archive`. */
  readonly secrets: readonly string[]
  readonly entries: Iterable<SentEntry>
}

/**
 * The context without what its ignore file leaves out. The text goes in place of the Dockerfile on disk; one from
 * elsewhere gets a name of its own, which no COPY takes along.
 */
export async function classicContext(
  { path, contextDirectory }: BuildRequest,
  text: string,
  secrets: Secrets,
): Promise<ClassicContext> {
  const inside = path !== null && contextDirectory !== null ? relative(contextDirectory, path) : '..'
  const isInside = !inside.startsWith('..')
  const dockerfile = isInside ? inside.replaceAll('\\', '/') : '.slipway.Dockerfile'
  const ignoreText =
    contextDirectory === null ? null : await readIgnoreText(path ?? `${contextDirectory}/Dockerfile`, contextDirectory)
  const exclude = (ignoreText ?? '').split('\n').filter(line => !line.startsWith('#'))
  // Podman moves these out of the context before it builds.
  const files = [...secrets].map(([id, value], index) => ({ id, value, name: `.slipway-secret-${String(index)}` }))
  const entry = (name: string, bytes: Uint8Array, mode = 0o644): SentEntry => {
    const modified = BigInt(Date.now()) * 1_000_000n
    return { path: name, mode, size: BigInt(bytes.length), modified, link: '', content: bytes }
  }
  function* entries(): Generator<SentEntry> {
    if (contextDirectory !== null)
      for (const found of walkContext(contextDirectory, { exclude, include: [], follow: [] }))
        if (found.path !== dockerfile && (isInside || found.path !== '.dockerignore')) yield found
    yield entry(dockerfile, Buffer.from(text))
    for (const { name, value } of files) yield entry(name, value, 0o600)
    if (!isInside) yield entry('.dockerignore', Buffer.from(`${ignoreText ?? ''}\n${dockerfile}\n.dockerignore\n`))
  }
  return { dockerfile, secrets: files.map(({ id, name }) => `id=${id},src=${name}`), entries: entries() }
}
