import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { bundlePage } from '../../electron/bundle-origin.ts'
import { ipcChannels } from '../../electron/ipc-channels.ts'
import { acceptPages, type PageConnection, type PageContents, type PageFrame } from '../../electron/ipc-port.ts'
import { ipcPort } from '../../renderer/bridge/ipc-port.ts'
import type { WindowBridge } from '../../shared/bridge/window-bridge.ts'
import { describePort } from './conformance.ts'

/**
 * A stand-in for the few parts of Electron that carry messages. The preload, both ends of the port and the sender check
 * are the real ones; between them values are copied and delivered later, in order, as Electron does.
 */
class StandIn {
  readonly #main = new EventEmitter()
  readonly #page = new EventEmitter()
  readonly #life = new EventEmitter()
  readonly opened: PageConnection[] = []
  bridge: WindowBridge | null = null
  sender: PageFrame | null = this.frame(bundlePage)

  constructor() {
    const contents: PageContents = {
      ipc: { on: (channel, listener) => this.#main.on(channel, listener) },
      on: (event: string, listener: (...values: never[]) => void) =>
        this.#life.on(event, (...values) => listener(...(values as never[]))),
    }
    acceptPages(contents, page => this.opened.push(page))
  }

  frame(url: string, parent: object | null = null): PageFrame {
    const send = (channel: string, ...values: unknown[]): void => {
      const copies: unknown[] = structuredClone(values)
      setImmediate(() => this.#page.emit(channel, {}, ...copies))
    }
    return { url, parent, isDestroyed: () => false, send }
  }

  /** Runs the preload anew, as a page load does. */
  async load(): Promise<PageConnection> {
    this.#page.removeAllListeners()
    vi.resetModules()
    vi.doMock('electron', () => ({
      contextBridge: { exposeInMainWorld: (_name: string, bridge: WindowBridge) => (this.bridge = bridge) },
      ipcRenderer: {
        on: (channel: string, listener: (...values: unknown[]) => void) => this.#page.on(channel, listener),
        send: (channel: string, ...values: unknown[]) => this.receive(channel, ...values),
      },
    }))
    const before = this.opened.length
    await import('../../electron/preload.ts')
    await expect.poll(() => this.opened.length).toBe(before + 1)
    return this.newest()
  }

  receive(channel: string, ...values: unknown[]): void {
    const copies: unknown[] = structuredClone(values)
    const event = { senderFrame: this.sender }
    setImmediate(() => this.#main.emit(channel, event, ...copies))
  }

  crash(): void {
    this.#life.emit('render-process-gone', {}, { reason: 'crashed' })
  }

  newest(): PageConnection {
    const page = this.opened.at(-1)
    if (page === undefined) throw new Error('No page has connected.')
    return page
  }

  renderer(): WindowBridge {
    if (this.bridge === null) throw new Error('The preload has left no bridge.')
    return this.bridge
  }
}

describePort("Electron's channel, over a stand-in", async () => {
  const standIn = new StandIn()
  const { port } = await standIn.load()
  return {
    renderer: ipcPort(standIn.renderer()),
    host: port,
    cut: () => port.close(),
    release: () => Promise.resolve(),
  }
})

const settled = () => new Promise(resolve => setTimeout(resolve, 20))

test.each([
  ['a frame inside the page', (it: StandIn) => it.frame(bundlePage, {})],
  ['another origin', (it: StandIn) => it.frame('https://slipway.example/index.html')],
  ['another host of our scheme', (it: StandIn) => it.frame('app://elsewhere/index.html')],
  ['a page with no address', (it: StandIn) => it.frame('')],
  ['a frame that is gone', () => null],
])('a message from %s is not heard', async (_what, sender) => {
  const standIn = new StandIn()
  const { port } = await standIn.load()
  const messages: unknown[] = []
  port.onMessage(message => messages.push(message))
  const trusted = standIn.sender
  standIn.sender = sender(standIn)
  standIn.renderer().send('"forged"')
  standIn.receive(ipcChannels.open, 'forged')
  await settled()
  expect(messages).toEqual([])
  expect(standIn.opened).toHaveLength(1)
  standIn.sender = trusted
  standIn.renderer().send('"ours"')
  await expect.poll(() => messages).toEqual(['ours'])
})

test('a page that loads again gets a new port, and the old one closes with a reason', async () => {
  const standIn = new StandIn()
  const first = await standIn.load()
  const reasons: string[] = []
  first.port.onClose(reason => reasons.push(reason))
  const second = await standIn.load()
  expect(reasons).toEqual(['The page was loaded again.'])
  const texts: string[] = []
  standIn.renderer().onMessage(text => texts.push(text))
  first.port.send('old')
  second.port.send('new')
  await expect.poll(() => texts).toEqual(['"new"'])
})

test('a window that crashes closes its port and says so', async () => {
  const standIn = new StandIn()
  const { port } = await standIn.load()
  const reasons: string[] = []
  port.onClose(reason => reasons.push(reason))
  standIn.crash()
  expect(reasons).toEqual(['The window stopped working (crashed).'])
})

test('a command of the menu reaches the page by its id', async () => {
  const standIn = new StandIn()
  const page = await standIn.load()
  const commands: string[] = []
  standIn.renderer().onCommand(command => commands.push(command))
  page.sendCommand('file.save')
  await expect.poll(() => commands).toEqual(['file.save'])
})

test('the preload leaves functions alone, and none of Electron', async () => {
  const standIn = new StandIn()
  await standIn.load()
  const named = ['close', 'onClose', 'onCommand', 'onMessage', 'pathForFile', 'send']
  expect(Object.keys(standIn.renderer()).sort()).toEqual(named)
})
