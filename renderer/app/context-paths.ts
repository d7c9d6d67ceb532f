import type { Argument, HostApi } from '../../shared/bridge/contract.ts'
import { pathInContext } from '../../shared/files/context-path.ts'
import type { DocumentIdentity } from '../source/session.ts'
import { notify } from '../ui/notices.ts'

/**
 * Where files dropped from the system lie in the build context; null where one of them does not, which is said. A browser
 * tells no more than their names: what bears the name nearest to the top of the context is meant.
 */
export async function contextPaths(
  files: readonly File[],
  document: DocumentIdentity | null,
  host: HostApi,
): Promise<readonly string[] | null> {
  const { path: dockerfile = null, contextDirectory = null } = document ?? {}
  if (dockerfile === null || contextDirectory === null) {
    notify('Save the Dockerfile first: without a place on disk it has no build context to copy from.', 'error')
    return null
  }
  const dropped = files.map(file => ({ name: file.name, place: window.slipwayBridge?.pathForFile(file) ?? '' }))
  const named = new Set(dropped.filter(({ place }) => place === '').map(({ name }) => name))
  const nearest =
    named.size === 0 ? null : await nearestPaths(named, { path: dockerfile, contextDirectory }, host).catch(() => null)
  const paths: string[] = []
  for (const { name, place } of dropped) {
    const path = place === '' ? nearest?.get(name) : pathInContext(contextDirectory, place)
    if (path === null || path === undefined) {
      notify(
        place === ''
          ? `The build context ${contextDirectory} holds no ${name}. Copy it there, then drop it again.`
          : `${place} lies outside the build context ${contextDirectory}. Copy it there, then drop it again.`,
        'error',
      )
      return null
    }
    paths.push(path)
  }
  return paths
}

/** By name, the path nearest to the top of the context, without what an ignore file leaves out and what others put there. */
async function nearestPaths(
  names: ReadonlySet<string>,
  place: Argument<'documents.watchContext'>,
  host: HostApi,
): Promise<ReadonlyMap<string, string>> {
  const nearest = new Map<string, string>()
  for await (const event of host.stream('documents.watchContext', place)) {
    // After that it would wait for changes.
    if (event.kind === 'complete') break
    for (const { path } of event.kind === 'entries' ? event.entries : []) {
      const folders = path.split('/')
      if (folders.includes('node_modules') || folders.includes('.git')) continue
      const name = folders.at(-1) ?? ''
      const before = nearest.get(name)?.split('/')
      if (names.has(name) && (before === undefined || folders.length < before.length)) nearest.set(name, path)
    }
  }
  return nearest
}
