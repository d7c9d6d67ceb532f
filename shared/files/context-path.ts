/** Where an absolute path, POSIX or Windows, lies in the build context, as COPY writes it: `.` is all of it; null outside. */
export function pathInContext(contextDirectory: string, path: string): string | null {
  const [folder, whole] = [slashed(contextDirectory), slashed(path)]
  const isWindows = /^[a-z]:\//i.test(`${folder}/`)
  const same = (a: string, b: string) => (isWindows ? a.toLowerCase() === b.toLowerCase() : a === b)
  if (same(whole, folder)) return '.'
  return same(whole.slice(0, folder.length + 1), `${folder}/`) ? whole.slice(folder.length + 1) : null
}

function slashed(path: string): string {
  const isWindows = /^(?:[a-z]:\\|\\\\)/i.test(path)
  return (isWindows ? path.replaceAll('\\', '/') : path).replace(/\/+$/, '')
}

/** Whether a source of ADD is an address and no path in the build context. */
export function isRemote(source: string): boolean {
  return source.includes('://') || source.startsWith('git@')
}
