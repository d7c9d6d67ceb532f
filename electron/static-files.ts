import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export type StaticFile =
  | { readonly kind: 'found'; readonly content: Buffer; readonly type: string; readonly hashed: boolean }
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing' }

/** The file that a URL's path names in `directory`, links resolved; never one outside it. */
export async function readStaticFile(directory: string, urlPath: string): Promise<StaticFile> {
  const path = decodePath(urlPath)
  if (path === null) return { kind: 'outside' }
  const named = join(directory, path)
  if (!isInside(directory, named)) return { kind: 'outside' }
  const type = mediaTypes[extname(named).toLowerCase()]
  if (type === undefined) return { kind: 'missing' }
  try {
    const file = await realpath(named)
    if (!isInside(await realpath(directory), file)) return { kind: 'outside' }
    return { kind: 'found', content: await readFile(file), type, hashed: isHashed(path) }
  } catch {
    return { kind: 'missing' }
  }
}

function decodePath(urlPath: string): string | null {
  try {
    const path = decodeURIComponent(urlPath)
    return path.includes('\0') || path.includes('\\') ? null : path
  } catch {
    return null
  }
}

function isInside(directory: string, file: string): boolean {
  const between = relative(directory, file)
  return between !== '' && between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between)
}

/** Vite puts a hash of the content into the name: `assets/main-Bq3xYz01.js`. Such a file never changes. */
function isHashed(path: string): boolean {
  return /^\/assets\/.+-[\w-]{8}\.\w+$/.test(path)
}
