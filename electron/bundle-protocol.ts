import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative } from 'node:path'
import { isBundleUrl } from './bundle-origin.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * Serves the bundled page under our own scheme, from `directory` alone. Every page gets its own nonce, in the header
 * and in the text, so that CodeMirror may add its style sheet and nobody else.
 */
export const serveBundle = (
  directory: string,
  contentSecurityPolicy: (nonce: string) => string,
): ((request: { readonly url: string; readonly method: string }) => Promise<Response>) => {
  const refuse = (status: number, message: string): Response =>
    new Response(message, { status, headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' } })

  return async ({ url, method }) => {
    if (!isBundleUrl(url)) return refuse(403, 'This address is not part of Slipway.')
    if (method !== 'GET') return refuse(405, 'This address can only be read.')
    const inside = pathInside(directory, new URL(url).pathname)
    if (inside === null) return refuse(403, 'This path leads out of the bundle.')
    const type = mediaTypes[extname(inside)]
    if (type === undefined) return refuse(404, 'The bundle holds no such file.')
    let content: Buffer
    try {
      content = await readFile(inside)
    } catch {
      return refuse(404, 'The bundle holds no such file.')
    }
    const nonce = randomBytes(16).toString('base64')
    const body = extname(inside) === '.html' ? content.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : content
    return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  }
}

/** The file a decoded path names inside `directory`, or null where it would lie outside. */
const pathInside = (directory: string, encoded: string): string | null => {
  let decoded: string
  try {
    decoded = decodeURIComponent(encoded)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const file = join(directory, decoded)
  const between = relative(directory, file)
  return between === '' || between.startsWith('..') || isAbsolute(between) ? null : file
}
