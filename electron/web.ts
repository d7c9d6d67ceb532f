import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { HostError } from '../shared/bridge/host-error.ts'
import { serve } from '../shared/bridge/serve.ts'
import { contentSecurityPolicy, createNonce, noncePlaceholder, withNonce } from './content-security.ts'
import type { Host } from './host/host.ts'
import { systemCode } from './host/documents/refusals.ts'
import { socketPort } from './socket-port.ts'
import { readStaticFile } from './static-files.ts'
import { createWebAccess, type WebAccess } from './web-access.ts'

export interface WebHostOptions {
  /** One host per tab; it is closed when the tab's socket goes. */
  readonly createHost: () => Host
  /** Where the bundled page lies. */
  readonly rendererDirectory: string
  /** 0 or absent: any free one. */
  readonly port?: number
  /** What the user should not be bothered with but a maintainer needs. */
  readonly log: (line: string) => void
}

export interface WebHost {
  /** With the token that lets one browser in. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** 16 MiB of text grow in JSON, at worst sixfold. */
const largestMessage = 128 * 1024 * 1024
/** A tab that answers no ping for so long is gone: its machine sleeps, or its tunnel broke. */
const heartbeat = 30_000

/**
 * Serves the page and its bridge on 127.0.0.1, and nowhere else.
 * @throws HostError when the port is taken or the page is not there.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  await requirePage(options.rendererDirectory)
  const server = createServer()
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const access = createWebAccess(port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false })
  const closing = new Set<Promise<void>>()

  server.on('request', (request, response) => {
    answer(request, response, access, options.rendererDirectory).catch((error: unknown) => {
      options.log(`${request.method ?? ''} ${request.url ?? ''}: ${String(error)}`)
      response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const refused = refusedUpgrade(request, access)
    if (refused !== null) refuseUpgrade(socket, refused)
    else sockets.handleUpgrade(request, socket, head, accepted => sockets.emit('connection', accepted, request))
  })
  sockets.on('connection', (socket: WebSocket) => {
    const host = options.createHost()
    const page = socketPort(socket)
    serve(page, host.implementation, (what, error) => {
      options.log(`${what} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    })
    page.onClose(() => {
      const closed = host.close().finally(() => closing.delete(closed))
      closing.add(closed)
    })
    keepAlive(socket)
  })
  const close = async () => {
    for (const socket of sockets.clients) socket.close(1001, 'The host was stopped.')
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    const force = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
    }, 500)
    await closed
    clearTimeout(force)
    await Promise.allSettled(closing)
  }
  let closed: Promise<void> | null = null
  return {
    url: `http://127.0.0.1:${port}/?token=${access.token}`,
    port,
    close: () => (closed ??= close()),
  }
}

async function requirePage(directory: string): Promise<void> {
  try {
    await access(join(directory, 'index.html'))
  } catch (error) {
    throw new HostError('not-found', `Slipway's page is not at ${directory}. Run "npm run build" first.`, {
      cause: error,
    })
  }
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen({ host: '127.0.0.1', port, exclusive: true })
    await once(server, 'listening')
  } catch (error) {
    const options = { cause: error }
    switch (systemCode(error)) {
      case 'EADDRINUSE':
        throw new HostError('internal', `Port ${port} is in use. Choose another with --port, or none.`, options)
      case 'EACCES':
        throw new HostError('no-permission', `Port ${port} is not open to this user. Choose one above 1023.`, options)
      default:
        throw error
    }
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: WebAccess,
  directory: string,
): Promise<void> {
  const nonce = createNonce()
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce))
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')

  if (!access.hasOwnHost(request)) {
    say(response, nonce, 421, 'Slipway does not answer under this name. Use the address that it printed.')
    return
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    say(response, nonce, 405, 'This address can only be read.')
    return
  }
  const url = ownUrl(request)
  if (url === null) {
    say(response, nonce, 400, 'This is not an address that Slipway understands.')
    return
  }
  const token = url.pathname === '/' ? url.searchParams.get('token') : null
  if (token !== null) {
    const cookie = access.hasCookie(request) ? null : access.redeem(token)
    if (cookie !== null) response.setHeader('set-cookie', cookie)
    // Out of the address bar and the history, also where an earlier visit left the cookie.
    if (cookie !== null || access.hasCookie(request)) {
      response.writeHead(303, { location: '/' }).end()
      return
    }
  }
  if (!access.hasCookie(request)) {
    say(
      response,
      nonce,
      403,
      token === null
        ? 'Slipway is open to the browser that used the address printed in its terminal, and to no other.'
        : 'This address has been used already, or is from an earlier start. It lets one browser in, once. Start Slipway again for a new one.',
    )
    return
  }
  const file = await readStaticFile(directory, url.pathname === '/' ? '/index.html' : url.pathname)
  switch (file.kind) {
    case 'outside':
      say(response, nonce, 403, 'This path leads out of what Slipway serves.')
      return
    case 'missing':
      // Browsers ask for it unasked, and complain in the console.
      if (url.pathname === '/favicon.ico') response.writeHead(204).end()
      else say(response, nonce, 404, 'Slipway has no such page.')
      return
    case 'found': {
      const isPage = file.type.startsWith('text/html')
      const content = isPage ? Buffer.from(withNonce(file.content.toString('utf8'), nonce)) : file.content
      if (file.hashed) response.setHeader('cache-control', 'private, max-age=31536000, immutable')
      response.writeHead(200, { 'content-type': file.type, 'content-length': content.length })
      response.end(request.method === 'HEAD' ? undefined : content)
    }
  }
}

/** Stands without our files: to a stranger none are given. */
const pageOfWords = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>Slipway</title>
<style nonce="${noncePlaceholder}">body { max-width: 44ch; margin: 20vh auto; padding: 0 24px; font: 14px/1.6 system-ui, sans-serif }
h1 { font-size: 20px; font-weight: 600 }</style>
`

/** A page of words: it is a person who sees it. */
function say(response: ServerResponse, nonce: string, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`${withNonce(pageOfWords, nonce)}<h1>Slipway</h1><p>${sentence}</p></html>\n`)
}

function ownUrl(request: IncomingMessage): URL | null {
  const path = request.url ?? '/'
  return path.startsWith('/') && URL.canParse(`http://127.0.0.1${path}`) ? new URL(`http://127.0.0.1${path}`) : null
}

function refusedUpgrade(request: IncomingMessage, access: WebAccess): string | null {
  if (!access.hasOwnHost(request)) return '421 Misdirected Request'
  if (ownUrl(request)?.pathname !== '/bridge') return '404 Not Found'
  if (!access.hasOwnOrigin(request) || !access.hasCookie(request)) return '403 Forbidden'
  return null
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => undefined)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function keepAlive(socket: WebSocket): void {
  let answered = true
  socket.on('pong', () => {
    answered = true
  })
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate()
      return
    }
    answered = false
    socket.ping()
  }, heartbeat)
  socket.on('close', () => {
    clearInterval(timer)
  })
}
