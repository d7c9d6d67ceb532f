import type { HostApi } from '../../shared/bridge/contract.ts'
import { pathInContext } from '../../shared/files/context-path.ts'
import { notify } from './notices.ts'

/** Folders that are looked into for a name: more than that takes longer than typing the path. */
const mostFolders = 200

/**
 * Where files dropped from the system lie in the build context; null where one of them does not, which is said. A browser
 * tells no more than their names: what bears the name nearest to the top of the context is meant.
 */
export async function contextPaths(
  files: readonly File[],
  contextDirectory: string | null,
  host: HostApi,
): Promise<readonly string[] | null> {
  if (contextDirectory === null) {
    notify('Save the Dockerfile first: without a place on disk it has no build context to copy from.', 'error')
    return null
  }
  const paths: string[] = []
  for (const file of files) {
    const place = window.slipwayBridge?.pathForFile(file) ?? ''
    const path =
      place === '' ? await nearest(file.name, contextDirectory, host) : pathInContext(contextDirectory, place)
    if (path === null) {
      notify(
        place === ''
          ? `The build context ${contextDirectory} holds no ${file.name}. Copy it there, then drop it again.`
          : `${place} lies outside the build context ${contextDirectory}. Copy it there, then drop it again.`,
        'error',
      )
      return null
    }
    paths.push(path)
  }
  return paths
}

async function nearest(name: string, contextDirectory: string, host: HostApi): Promise<string | null> {
  const folders = ['']
  for (const folder of folders) {
    const { entries } = await host
      .call('folders.list', { path: `${contextDirectory}/${folder}` })
      .catch(() => ({ entries: [] }))
    if (entries.some(entry => entry.name === name)) return folder + name
    for (const entry of entries)
      if (entry.kind === 'directory' && folders.length < mostFolders) folders.push(`${folder}${entry.name}/`)
  }
  return null
}
