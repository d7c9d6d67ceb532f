/** Whether COPY of a file or folder puts it where it was: `/app` to `/app` or `/app/`. */
export function isSamePath(source: string, destination: string): boolean {
  if (!source.startsWith('/') || !destination.startsWith('/')) return false
  const from = withoutSlash(source)
  return from === withoutSlash(destination)
}

/** Whether a path tells by its ending that it names a file: `/etc/app.conf`. */
export function namesFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.indexOf('.', 1) > 0 && !name.endsWith('.') && !name.includes('*') && !name.includes('?')
}

/** Whether it is the folder itself or lies in it; both without a slash at the end. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
