import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { BuildRequest } from '../../../shared/builds/build-events.ts'
import { isFolderContext, plainOptions, platformList } from '../../../shared/builds/build-options.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { statSync } from 'node:fs'
import type { SentFolder } from './services/filesync.ts'

/** The Dockerfile's name as the engine and its messages have it. */
export function dockerfileName(request: BuildRequest): string {
  return request.path === null ? 'Dockerfile' : basename(request.path)
}

/**
 * What the engine may read for a build: the text as it stands in the editor, beside it the ignore file that belongs to it,
 * and the build context.
 * @throws HostError not-found when the context is no folder.
 */
export async function sentFolders(request: BuildRequest, text: string): Promise<Map<string, SentFolder>> {
  const name = dockerfileName(request)
  const files = new Map<string, Uint8Array>([[name, Buffer.from(text, 'utf8')]])
  if (request.path !== null) {
    const ignore = await readIfPresent(join(dirname(request.path), `${name}.dockerignore`))
    if (ignore) files.set(`${name}.dockerignore`, ignore)
  }
  return new Map<string, SentFolder>([
    ['dockerfile', { kind: 'memory', files }],
    ['context', contextFolder('build context', request.contextDirectory)],
    ...Object.entries(request.options?.namedContexts ?? {})
      .filter(([, location]) => isFolderContext(location))
      .map(([name, path]) => [name, contextFolder(`context “${name}”`, besideContext(request, path))] as const),
  ])
}

function contextFolder(what: string, path: string | null): SentFolder {
  if (path === null) return { kind: 'memory', files: new Map() }
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new HostError('not-found', `The ${what} ${path} is not a folder. Choose another one and build again.`)
  return { kind: 'disk', path }
}

/** A path as the build form takes it: relative to the build context unless absolute. */
export function besideContext(request: BuildRequest, path: string): string {
  return resolve(request.contextDirectory ?? '', path)
}

async function readIfPresent(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch {
    // The engine would look for it, too, and go on without it.
    return null
  }
}

/** Options of BuildKit's Dockerfile frontend, under its names. */
export function frontendOptions(request: BuildRequest): Record<string, string> {
  const options = request.options ?? plainOptions
  const hosts = Object.entries(options.extraHosts).map(([host, address]) => `${host}=${address}`)
  const platforms = platformList(request.platform, options)
  return {
    filename: dockerfileName(request),
    ...(typeof request.target === 'string' && { target: request.target }),
    ...(platforms !== null && { platform: platforms }),
    ...prefixed('build-arg', request.buildArgs),
    ...prefixed('label', options.labels),
    ...prefixed('context', options.namedContexts, (name, location) =>
      isFolderContext(location) ? `local:${name}` : location,
    ),
    ...(request.noCache
      ? { 'no-cache': '' }
      : options.noCacheStages.length > 0 && { 'no-cache': options.noCacheStages.join(',') }),
    ...(options.pull && { 'image-resolve-mode': 'pull' }),
    ...(options.network !== 'default' && { 'force-network-mode': options.network }),
    ...(hosts.length > 0 && { 'add-hosts': hosts.join(',') }),
  }
}

function prefixed(
  prefix: string,
  record: Readonly<Record<string, string>>,
  value: (name: string, value: string) => string = (_, written) => written,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [`${prefix}:${name}`, value(name, text)]))
}

/** Whether some step runs although the engine has its result. */
export function runsAnew({ noCache, options }: BuildRequest): boolean {
  return noCache || (options?.noCacheStages.length ?? 0) > 0
}

/**
 * Stable for one context on one machine: the engine then receives only what changed since the last build. There are three
 * for each context, as the engine cannot update what a build that is still held was made of (`FileSystems.claimKey`).
 */
export function sharedKeys(request: BuildRequest, stateDirectory: string): readonly string[] {
  const key = createHash('sha256')
    .update(`${stateDirectory}\0${request.contextDirectory ?? ''}`)
    .digest('hex')
  return [key, `${key}-2`, `${key}-3`]
}
