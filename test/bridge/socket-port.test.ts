import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws'
import { socketPort as hostSocketPort } from '../../electron/socket-port.ts'
import { socketPort as rendererSocketPort } from '../../renderer/bridge/socket-port.ts'
import type { Port } from '../../shared/bridge/port.ts'
import { describePort } from './conformance.ts'

let server: Server
let sockets: WebSocketServer
beforeAll(async () => {
  server = createServer()
  sockets = new WebSocketServer({ server })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  sockets.close()
  server.close()
})

/** ws speaks the browser's interface where Node 20 has no WebSocket of its own; only its types differ. */
function asBrowserSocket(socket: unknown): WebSocket {
  return socket as WebSocket
}

interface SocketPair {
  readonly renderer: Port
  readonly host: Port
  readonly accepted: NodeWebSocket
}

async function openPair(): Promise<SocketPair> {
  const { port } = server.address() as AddressInfo
  const accepted = once(sockets, 'connection') as Promise<[NodeWebSocket]>
  const opened = new NodeWebSocket(`ws://127.0.0.1:${port}/`)
  const renderer = rendererSocketPort(asBrowserSocket(opened))
  renderer.send('sent before the socket was open')
  const [socket] = await accepted
  const first = once(socket, 'message')
  await once(opened, 'open')
  expect(String((await first)[0])).toBe('"sent before the socket was open"')
  return { renderer, host: hostSocketPort(socket), accepted: socket }
}

describePort('a WebSocket on localhost', async () => {
  const { renderer, host, accepted } = await openPair()
  return {
    renderer,
    host,
    cut: () => accepted.terminate(),
    release: () => {
      accepted.terminate()
      return Promise.resolve()
    },
  }
})

test('text that is no JSON, and bytes, are dropped by both ends of a WebSocket', async () => {
  const { renderer, host, accepted } = await openPair()
  const messages: unknown[] = []
  renderer.onMessage(message => messages.push(message))
  host.onMessage(message => messages.push(message))
  accepted.send('{"kind":')
  accepted.send(Buffer.from([0xff, 0xfe]))
  accepted.send('"host"')
  await expect.poll(() => messages).toEqual(['host'])
  renderer.send('renderer')
  await expect.poll(() => messages).toEqual(['host', 'renderer'])
  accepted.terminate()
})
