import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'
import { createHost } from '../../electron/host/host.ts'
import { startWebHost, type WebHost } from '../../electron/web.ts'
import { socketPort } from '../../renderer/bridge/socket-port.ts'
import { connect } from '../../shared/bridge/connect.ts'
import { refusal } from '../host/refusal.ts'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { temporaryFolder } from '../host/temporary-folder.ts'

const page = `<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__" />`

interface Started extends WebHost {
  readonly folder: string
  readonly logged: readonly string[]
  /** Streams that the host was told to stop. */
  readonly stopped: () => number
}

async function startPage(): Promise<Started> {
  const folder = temporaryFolder()
  const rendererDirectory = join(folder, 'renderer')
  mkdirSync(join(rendererDirectory, 'assets'), { recursive: true })
  writeFileSync(join(rendererDirectory, 'index.html'), page)
  writeFileSync(join(rendererDirectory, 'assets/main-Bq3x_z01.js'), 'export {}')
  writeFileSync(join(rendererDirectory, 'plain.css'), 'body{}')
  writeFileSync(join(folder, 'secret.css'), 'secret')
  symlinkSync(join(folder, 'secret.css'), join(rendererDirectory, 'link.css'))
  mkdirSync(join(folder, 'renderer-too'))
  writeFileSync(join(folder, 'renderer-too/other.css'), 'secret')
  const logged: string[] = []
  let stopped = 0
  const engine = scriptedEngine({
    async *build(_request, signal) {
      signal.addEventListener('abort', () => stopped++)
      yield { kind: 'started', build: 'b', engine: 'test' }
      await new Promise(() => undefined)
    },
  })
  const host = await startWebHost({
    createHost: () =>
      createHost({
        engine,
        stateDirectory: join(folder, 'state'),
        homeDirectory: folder,
        info: { version: '1', host: 'web', platform: 'linux', launchPath: null },
      }),
    rendererDirectory,
    log: line => logged.push(line),
  })
  onTestFinished(() => host.close())
  return { ...host, folder, logged, stopped: () => stopped }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

/** Goes in by the printed address as a browser does, and returns the cookie. */
async function enter(host: WebHost): Promise<string> {
  const { headers } = await get(host.port, new URL(host.url).pathname + new URL(host.url).search)
  return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
}

/** 'open', or the status that the upgrade was refused with. */
async function upgrade(
  port: number,
  headers: Record<string, string>,
  path = '/bridge',
): Promise<string | NodeWebSocket> {
  const socket = new NodeWebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  return await new Promise(resolve => {
    socket.on('open', () => {
      resolve(socket)
    })
    socket.on('unexpected-response', (_request, response) => {
      resolve(String(response.statusCode))
    })
    socket.on('error', error => {
      resolve(error.message)
    })
  })
}

async function openSocket(host: WebHost, cookie: string): Promise<NodeWebSocket> {
  const socket = await upgrade(host.port, { cookie, origin: `http://127.0.0.1:${host.port}` })
  if (typeof socket === 'string') throw new Error(`The socket was refused: ${socket}`)
  return socket
}

function asBrowserSocket(socket: unknown): WebSocket {
  return socket as WebSocket
}

test('the printed address lets one browser in, once, and leaves no token behind', async () => {
  const host = await startPage()
  const path = new URL(host.url).search
  const first = await get(host.port, `/${path}`)
  expect([first.status, first.headers.location]).toEqual([303, '/'])
  const cookie = first.headers['set-cookie']?.[0] ?? ''
  expect(cookie).toMatch(new RegExp(`^slipway-${host.port}=[\\w-]{40,}; Path=/; HttpOnly; SameSite=Strict$`))
  expect(cookie).not.toContain(path.slice('?token='.length))

  const second = await get(host.port, `/${path}`)
  expect([second.status, second.headers['set-cookie']]).toEqual([403, undefined])
  expect(second.body).toContain('used already')

  const pair = cookie.split(';')[0] ?? ''
  expect((await get(host.port, `/${path}`, { cookie: pair })).status).toBe(303)
  expect((await get(host.port, '/', { cookie: pair })).status).toBe(200)
})

test('without the cookie there is a page of words and nothing else', async () => {
  const host = await startPage()
  await enter(host)
  for (const path of ['/', '/index.html', '/assets/main-Bq3x_z01.js', '/?token=', '/?token=wrong', '/bridge']) {
    const { status, body } = await get(host.port, path, { cookie: `slipway-${host.port}=wrong` })
    expect([path, status]).toEqual([path, 403])
    expect(body).toMatch(/<p>.*\.<\/p>/)
  }
})

test('a name that is not ours is refused, with the cookie as well', async () => {
  const host = await startPage()
  const cookie = await enter(host)
  for (const name of [
    'evil.example',
    `evil.example:${host.port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    `127.0.0.1.nip.io:${host.port}`,
  ])
    expect((await get(host.port, '/', { cookie, host: name })).status).toBe(421)
  expect((await get(host.port, '/', { cookie, host: `localhost:${host.port}` })).status).toBe(200)
})

test('the page has a nonce of its own, in the policy and in the text, and headers that lock it in', async () => {
  const host = await startPage()
  const cookie = await enter(host)
  const [one, two] = [await get(host.port, '/', { cookie }), await get(host.port, '/', { cookie })]
  const nonce = /content="([^"]+)"/.exec(one.body)?.[1] ?? ''
  expect(nonce).toMatch(/^[\w+/]{20,}=*$/)
  expect(one.headers['content-security-policy']).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
      `font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  expect(two.body).not.toBe(one.body)
  expect(one.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  })
})

test('files have their types; only those named by their content are kept for good', async () => {
  const host = await startPage()
  const cookie = await enter(host)
  const script = await get(host.port, '/assets/main-Bq3x_z01.js', { cookie })
  expect([script.status, script.headers['content-type'], script.body]).toEqual([
    ...[200, 'text/javascript; charset=utf-8', 'export {}'],
  ])
  expect(script.headers['cache-control']).toContain('immutable')
  const style = await get(host.port, '/plain.css', { cookie })
  expect([style.headers['content-type'], style.headers['cache-control']]).toEqual([
    'text/css; charset=utf-8',
    'no-store',
  ])
  const head = await get(host.port, '/plain.css', { cookie }, 'HEAD')
  expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '6', ''])
  expect((await get(host.port, '/none.js', { cookie })).status).toBe(404)
  expect((await get(host.port, '/plain.css', { cookie }, 'POST')).status).toBe(405)
})

test.each([
  '/../secret.css',
  '/..%2fsecret.css',
  '/%2e%2e%2fsecret.css',
  '/assets/..%2f..%2fsecret.css',
  '/..%5csecret.css',
  '/..%2frenderer-too%2fother.css',
  '/link.css',
  '/%00.css',
  '/%ff.css',
  '//evil.example/secret.css',
])('%s does not lead out of the folder', async path => {
  const host = await startPage()
  const cookie = await enter(host)
  const { status, body } = await get(host.port, path, { cookie })
  expect([403, 404]).toContain(status)
  expect(body).not.toContain('secret')
})

test('a socket needs the cookie, our origin, our name and the right path', async () => {
  const host = await startPage()
  const cookie = await enter(host)
  const origin = `http://127.0.0.1:${host.port}`
  expect(await upgrade(host.port, { origin })).toBe('403')
  expect(await upgrade(host.port, { cookie })).toBe('403')
  expect(await upgrade(host.port, { cookie, origin: 'http://evil.example' })).toBe('403')
  expect(await upgrade(host.port, { cookie, origin: 'null' })).toBe('403')
  expect(await upgrade(host.port, { cookie, origin: `http://localhost:${host.port}` })).toBe('403')
  expect(await upgrade(host.port, { cookie, origin: `http://127.0.0.1:${host.port + 1}` })).toBe('403')
  expect(await upgrade(host.port, { cookie: `slipway-${host.port}=x`, origin })).toBe('403')
  expect(await upgrade(host.port, { cookie, origin, host: 'evil.example' })).toBe('421')
  expect(await upgrade(host.port, { cookie, origin }, '/elsewhere')).toBe('404')
  const socket = await upgrade(host.port, { cookie, origin })
  expect(socket).toBeInstanceOf(NodeWebSocket)
})

test('two tabs each have their own session; closing one stops its streams and leaves the other', async () => {
  const host = await startPage()
  const cookie = await enter(host)
  const path = join(host.folder, 'Dockerfile')
  writeFileSync(path, '\uFEFFFROM a\r\n')
  const sockets = [await openSocket(host, cookie), await openSocket(host, cookie)]
  const [one, two] = sockets.map(socket => connect(socketPort(asBrowserSocket(socket))))
  if (one === undefined || two === undefined) throw new Error('Both tabs must be open.')
  expect((await one.call('documents.open', { path })).text).toBe('\uFEFFFROM a\r\n')
  const request = {
    ...{ text: 'FROM scratch\n', path: null, contextDirectory: null, target: null },
    ...{ tags: [], buildArgs: {}, noCache: false },
  }
  const builds = [one, two].map(api => api.stream('builds.run', request)[Symbol.asyncIterator]())
  for (const build of builds) expect((await build.next()).value).toMatchObject({ kind: 'started' })
  sockets[0]?.terminate()
  await expect.poll(() => host.stopped()).toBe(1)
  expect(await two.call('app.info', {})).toMatchObject({ host: 'web' })
})

test('closing the host tells every tab', async () => {
  const host = await startPage()
  const api = connect(socketPort(asBrowserSocket(await openSocket(host, await enter(host)))))
  const watched = (async () => {
    const texts: unknown[] = []
    for await (const state of api.stream('documents.watch', { path: join(host.folder, 'none') })) texts.push(state)
  })()
  await host.close()
  expect((await refusal(watched)).code).toBe('disconnected')
})

test('nothing listens on the addresses that others can reach', async () => {
  const host = await startPage()
  const addresses = Object.values(networkInterfaces()).flatMap(each => each ?? [])
  const others = addresses
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
  for (const address of [...others, '127.0.0.2']) {
    const socket = createConnection({ host: address, port: host.port, timeout: 2_000 })
    const outcome = await new Promise<string>(resolve => {
      socket.on('connect', () => {
        resolve('connected')
      })
      socket.on('error', error => {
        resolve(error.message)
      })
      socket.on('timeout', () => {
        resolve('no answer')
      })
    })
    socket.destroy()
    expect([address, outcome]).not.toEqual([address, 'connected'])
  }
})

test('a port in use and a page that was not built are refused in words', async () => {
  const host = await startPage()
  const options = {
    createHost: () => {
      throw new Error('No session is asked for here.')
    },
    log: () => undefined,
  }
  const taken = await refusal(
    startWebHost({ ...options, rendererDirectory: join(host.folder, 'renderer'), port: host.port }),
  )
  expect(taken.message).toContain(`Port ${host.port} is in use`)
  const unbuilt = await refusal(startWebHost({ ...options, rendererDirectory: join(host.folder, 'none') }))
  expect(unbuilt.message).toContain('npm run build')
})
