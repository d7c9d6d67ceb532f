import { dirname, isAbsolute } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'

/** The system's code of a failed file operation (ENOENT, EACCES, …); '' for any other error. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** A path from outside must say where it starts: the folder the host runs in means nothing to the user. */
export function requireAbsolute(path: string): void {
  if (!isAbsolute(path) || path.includes('\0'))
    throw new HostError('invalid-argument', `"${path}" is not an absolute path. Give the whole path of the file.`)
}

/** What the system said of `path`, as a sentence with the place and what to do. Unknown codes keep the system's words. */
export function fileRefusal(error: unknown, path: string, action: 'read' | 'write'): HostError {
  if (error instanceof HostError) return error
  const options = { cause: error }
  const code = systemCode(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return action === 'read'
        ? new HostError('not-found', `There is no file at ${path}.`, options)
        : new HostError('not-found', `There is no folder ${dirname(path)} to save into. Choose another place.`, options)
    case 'EISDIR':
      return isDirectory(path)
    case 'EACCES':
    case 'EPERM':
      return new HostError(
        'no-permission',
        action === 'read'
          ? `${path} may not be read by this user. Change its permissions or those of its folders.`
          : `${path} may not be written by this user. Change its permissions or save under another name.`,
        options,
      )
    case 'EROFS':
      return new HostError('no-permission', `${path} lies on a read-only file system. Save it somewhere else.`, options)
    case 'ENAMETOOLONG':
      return new HostError('not-found', `${path} is a longer path than the file system allows.`, options)
    case 'ELOOP':
      return new HostError('not-found', `${path} is a symbolic link that leads back to itself.`, options)
    case 'ENOSPC':
    case 'EDQUOT':
      return new HostError(
        'internal',
        `There is no space left to save ${path}. Nothing was changed; free some.`,
        options,
      )
    default: {
      const words = error instanceof Error ? error.message : String(error)
      return new HostError(
        'internal',
        `${path} could not be ${action === 'read' ? 'read' : 'written'}: ${words}.`,
        options,
      )
    }
  }
}

export function isDirectory(path: string): HostError {
  return new HostError('is-directory', `${path} is a folder. Choose a Dockerfile inside it.`)
}

export function notRegular(path: string): HostError {
  return new HostError('not-text', `${path} is not a regular file but a device, pipe or socket.`)
}
