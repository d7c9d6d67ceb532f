import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { choiceKey, type EngineChoice } from '../../../shared/engine-places.ts'
import { listBuilders } from './buildx-builders.ts'
import { buildxDirectory, defaultSocket, type EndpointSearch, listContexts, nonEmpty } from './endpoint.ts'

export interface Place {
  readonly choice: EngineChoice
  readonly title: string
  readonly own: boolean
}

/**
 * Everywhere an engine may be, in the order to offer: what the docker command would use, its contexts, the sockets of the
 * usual programs as far as they are there, buildx's remote builders, the user's own addresses, and what is chosen.
 */
export async function listPlaces(
  search: EndpointSearch,
  chosen: EngineChoice,
  own: readonly EngineChoice[],
): Promise<readonly Place[]> {
  const contexts = (await listContexts(search)).map(name => ({
    choice: { kind: 'context' as const, name },
    title: `Context ${name}`,
    own: false,
  }))
  const builders = (await listBuilders(buildxDirectory(search))).map(name => ({
    choice: { kind: 'builder' as const, name },
    title: `Builder ${name}`,
    own: false,
  }))
  const places: Place[] = [
    { choice: { kind: 'automatic' }, title: 'Automatic, as the docker command', own: false },
    ...contexts,
    ...(await presentSockets(search)),
    ...builders,
    ...own.map(choice => ({ choice, title: 'Your address', own: true })),
    // What was chosen is shown also after it has gone.
    { choice: chosen, title: titleOf(chosen), own: true },
  ]
  const keys = new Set<string>()
  return places.filter(({ choice }) => {
    const isNew = !keys.has(choiceKey(choice))
    keys.add(choiceKey(choice))
    return isNew
  })
}

function titleOf(choice: EngineChoice): string {
  if (choice.kind === 'context') return `Context ${choice.name}`
  return choice.kind === 'builder' ? `Builder ${choice.name}` : 'Chosen before'
}

/** Where the usual programs put their sockets, by title; not all of them are there. */
export function usualSockets({
  environment,
  homeDirectory,
  platform = process.platform,
}: EndpointSearch): readonly { readonly title: string; readonly url: string }[] {
  const pipe = (title: string, name: string) => ({ title, url: `npipe:////./pipe/${name}` })
  if (platform === 'win32')
    return [
      pipe('Default pipe', 'docker_engine'),
      pipe('Docker Desktop', 'dockerDesktopLinuxEngine'),
      pipe('Podman machine', 'podman-machine-default'),
    ]
  const socket = (title: string, path: string) => ({ title, url: `unix://${path}` })
  const home = (path: string) => join(homeDirectory, path)
  const runtime = nonEmpty(environment.XDG_RUNTIME_DIR) ?? `/run/user/${String(process.getuid?.() ?? 0)}`
  const colima = nonEmpty(environment.COLIMA_HOME) ?? home('.colima')
  return [
    { title: 'Default socket', url: defaultSocket({ environment, homeDirectory, platform }) },
    socket('Docker Desktop', home('.docker/run/docker.sock')),
    socket('Docker Desktop', home('.docker/desktop/docker.sock')),
    socket('Colima', join(colima, 'default/docker.sock')),
    socket('Rancher Desktop', home('.rd/docker.sock')),
    socket('OrbStack', home('.orbstack/run/docker.sock')),
    socket('Rootless Docker', join(runtime, 'docker.sock')),
    socket('Podman of this user', join(runtime, 'podman/podman.sock')),
    socket('Podman machine', home('.local/share/containers/podman/machine/podman.sock')),
    socket('Podman of the system', '/run/podman/podman.sock'),
  ]
}

async function presentSockets(search: EndpointSearch): Promise<readonly Place[]> {
  const found = await Promise.all(
    usualSockets(search).map(async ({ title, url }, index) => {
      // A pipe is asked at once; the default socket is named also where it is missing: it is what people look for.
      const there = index === 0 || !url.startsWith('unix://') || (await isThere(url.slice('unix://'.length)))
      return there ? [{ choice: { kind: 'address' as const, url, certificates: null }, title, own: false }] : []
    }),
  )
  return found.flat()
}

/** What may not be looked at may be there. */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code !== 'ENOENT' && error.code !== 'ENOTDIR'
  }
}
