import { randomBytes } from 'node:crypto'

/** Stands in index.html where the nonce of each answer belongs. */
export const noncePlaceholder = '__CSP_NONCE__'

/** Never used twice: it lets CodeMirror add its style sheet to one page, and nobody else. */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/** Nothing but our own files, no eval, no frames, nowhere else to send anything. The same in the window and in a browser. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Puts the nonce into a page. */
export function withNonce(page: string, nonce: string): string {
  return page.replaceAll(noncePlaceholder, nonce)
}
