import { HostError } from '../../../shared/bridge/host-error.ts'
import { displayName } from '../../../shared/files/display-name.ts'
import type { FileEntry } from '../../../shared/files/file-listing.ts'
import { safePath } from './safe-path.ts'

export interface Left {
  readonly path: string
  /** The rest of a sentence that begins with the path. */
  readonly reason: string
}

/** Where entries of a stage are written, from the folder that was chosen. */
export interface Placed {
  /** Null at the place of those that are left out. */
  readonly entries: readonly (readonly [path: string, entry: FileEntry] | null)[]
  /** What will lie in the folder itself. */
  readonly names: readonly string[]
  readonly left: readonly Left[]
}

/**
 * Gives each entry below one of `roots` its place: a root by its own name, what is in it below that.
 * @throws HostError not-found for a root without entries, invalid-argument for two of one name
 */
export function placeEntries(
  entries: readonly FileEntry[],
  roots: readonly string[],
  platform: string = process.platform,
): Placed {
  const left: Left[] = []
  const names = new Map<string, string>()
  const missing = new Set(roots)
  const placed = entries.map(entry => {
    const root = roots.find(each => each === '' || entry.path === each || entry.path.startsWith(`${each}/`)) ?? ''
    missing.delete(root)
    const path = safePath(entry.path.slice(root.lastIndexOf('/') + 1), platform)
    if (path === null) {
      left.push({ path: entry.path, reason: 'has a name that leads out of the folder' })
      return null
    }
    const [name = ''] = path.split('/')
    const other = names.get(name)
    if (other !== undefined && other !== root)
      throw new HostError('invalid-argument', `Two of the paths are called ${name}. Extract one after the other.`)
    names.set(name, root)
    return [path, entry] as const
  })
  const [none] = missing
  if (none !== undefined && none !== '')
    throw new HostError('not-found', `There is no /${displayName(none)} in this stage.`)
  return { entries: placed, names: [...names.keys()], left }
}
