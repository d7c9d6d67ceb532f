import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may speak to a web host: the browser that came with the token once, from our own page, under our own name. */
export interface WebAccess {
  /** Goes into the printed address; lets one browser in. */
  readonly token: string
  /** The Set-Cookie value where `token` is the one that was never used, else null. The token is spent by this. */
  redeem(token: string): string | null
  hasCookie(request: IncomingMessage): boolean
  /** A name that resolves to this machine but is not ours is how DNS rebinding comes in. */
  hasOwnHost(request: IncomingMessage): boolean
  /** Browsers send Origin with every WebSocket; another site's page has another one. */
  hasOwnOrigin(request: IncomingMessage): boolean
}

export function createWebAccess(port: number): WebAccess {
  const token = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('base64url')
  // Cookies know no ports: two hosts on one machine would take each other's.
  const cookieName = `slipway-${port}`
  const hosts = ['127.0.0.1', 'localhost'].flatMap(name => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  let spent = false
  return {
    token,
    redeem(given) {
      if (spent || !same(given, token)) return null
      spent = true
      return `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`
    },
    hasCookie: request => cookiesNamed(cookieName, request).some(value => same(value, secret)),
    hasOwnHost: ({ headers }) => headers.host !== undefined && hosts.includes(headers.host.toLowerCase()),
    hasOwnOrigin: ({ headers }) =>
      headers.host !== undefined && headers.origin?.toLowerCase() === `http://${headers.host.toLowerCase()}`,
  }
}

function cookiesNamed(name: string, request: IncomingMessage): readonly string[] {
  const pairs = (request.headers.cookie ?? '').split(';').map(pair => pair.trim())
  return pairs.filter(pair => pair.startsWith(`${name}=`)).map(pair => pair.slice(name.length + 1))
}

/** In the same time wherever the two differ. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
