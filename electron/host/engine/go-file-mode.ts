import type { FileKind } from '../../../shared/files/file-listing.ts'

/** Go's os.FileMode keeps the kind and the special bits elsewhere than stat(2) does; fsutil sends Go's. */
const go = {
  directory: 2 ** 31,
  symlink: 1 << 27,
  device: 1 << 26,
  fifo: 1 << 25,
  socket: 1 << 24,
  setuid: 1 << 23,
  setgid: 1 << 22,
  character: 1 << 21,
  sticky: 1 << 20,
} as const

const posix = { setuid: 0o4000, setgid: 0o2000, sticky: 0o1000, kind: 0o170000 } as const

const has = (mode: number, bit: number) => Math.floor(mode / bit) % 2 === 1

/** From st_mode of stat(2). */
export function goFileMode(mode: number): number {
  const kinds: Record<number, number> = {
    0o040000: go.directory,
    0o120000: go.symlink,
    0o060000: go.device,
    0o020000: go.device + go.character,
    0o010000: go.fifo,
    0o140000: go.socket,
  }
  return (
    (mode & 0o777) +
    (kinds[mode & posix.kind] ?? 0) +
    (mode & posix.setuid ? go.setuid : 0) +
    (mode & posix.setgid ? go.setgid : 0) +
    (mode & posix.sticky ? go.sticky : 0)
  )
}

/** What kind of file Go's mode speaks of; hard links cannot be told from it. */
export function kindOfGoMode(mode: number): FileKind {
  if (has(mode, go.directory)) return 'directory'
  if (has(mode, go.symlink)) return 'symlink'
  if (has(mode, go.fifo)) return 'fifo'
  if (has(mode, go.socket)) return 'socket'
  if (has(mode, go.device)) return has(mode, go.character) ? 'character' : 'block'
  return 'file'
}

/** Permission bits with setuid, setgid and sticky as chmod takes them. */
export function permissionsOfGoMode(mode: number): number {
  return (
    (mode & 0o777) +
    (has(mode, go.setuid) ? posix.setuid : 0) +
    (has(mode, go.setgid) ? posix.setgid : 0) +
    (has(mode, go.sticky) ? posix.sticky : 0)
  )
}
