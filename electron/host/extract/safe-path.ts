import { displayName } from '../../../shared/files/display-name.ts'

/** What Windows takes in no name. */
const notOnWindows = /[<>:"|?*\\]|[. ]$/g

/**
 * A path of an image as one that stays in the folder it is written to: characters that do not show are spelt out. Null
 * where a name leads elsewhere or is none.
 */
export function safePath(path: string, platform: string): string | null {
  const names = path.split('/').map(name => {
    if (name === '' || name === '.' || name === '..') return null
    const shown = displayName(name).replaceAll('/', '_')
    return platform === 'win32' ? shown.replaceAll(notOnWindows, '_') : shown
  })
  return names.includes(null) ? null : names.join('/')
}

/**
 * Whether a link at `path` leads to what is written along with it, however many links it goes through: up first, as far as
 * the real folders above it reach, and then down only. (`a/link/..` may lead up from wherever `link` leads to.)
 */
export function isSafeLink(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\\') || target.includes('\0')) return false
  const steps = target.split('/').filter(step => step !== '' && step !== '.')
  const down = steps.findIndex(step => step !== '..')
  const up = down < 0 ? steps.length : down
  return up < path.split('/').length && !steps.slice(up).includes('..')
}
