/**
 * A stand-in for the `electron` module: the unmodified built main process, preload and renderer run against it, each
 * window a page of a real Chromium. It is not Electron: there is no context isolation, no operating system sandbox, no
 * fuses, no native menus or dialogs, and our scheme is an http address that Chromium never looks up. What main asked of
 * Electron is recorded; the test speaks to it over the process channel (see control.mjs).
 */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** What `app://bundle` is called inside Chromium: a name under .localhost counts as secure. */
const mapped = 'http://bundle.localhost'
const toPage = url => url.replace(/^app:\/\/bundle(?=\/|$)/, mapped)
const toApp = url => url.replace(mapped, 'app://bundle')

/** Everything that main asked for and that a test may look at. */
export const record = {
  sandboxEnabled: false,
  schemes: [],
  lock: null,
  windows: [],
  openedLinks: [],
  dialogs: [],
  menu: null,
  errors: [],
}
/** Answers the test has laid ready for the dialogs to come. */
export const dialogAnswers = { open: [], save: [], message: [] }

let browser = null
const ready = (async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    handleSIGINT: false,
    handleSIGTERM: false,
  })
})()

class App extends EventEmitter {
  isPackaged = false

  enableSandbox() {
    record.sandboxEnabled = true
  }

  requestSingleInstanceLock(launch) {
    record.lock = launch
    return true
  }

  whenReady() {
    return ready
  }

  quit() {
    const event = cancellable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) void browser?.close().finally(() => process.exit(0))
  }
}
export const app = new App()

const unlessClosed = promise =>
  promise.catch(error => {
    if (!String(error).includes('has been closed')) throw error
  })

const cancellable = (values = {}) => ({
  ...values,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true
  },
})

const handlers = new Map()
export const protocol = {
  registerSchemesAsPrivileged: schemes => record.schemes.push(...schemes),
  handle: (scheme, handler) => handlers.set(scheme, handler),
}
/** What the page would get for an address: for tests of the handler itself. */
export const fetchFromApp = async url => {
  // Not through Request: like Electron's, the address arrives as it was written.
  const response = await handlers.get('app')({ url, method: 'GET' })
  const headers = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) }
}

export const permissions = { request: null, check: null }
export const session = {
  defaultSession: {
    setPermissionRequestHandler: handler => (permissions.request = handler),
    setPermissionCheckHandler: handler => (permissions.check = handler),
  },
}

export const shell = {
  openExternal: url => {
    record.openedLinks.push(url)
    return Promise.resolve()
  },
}
export const nativeTheme = { shouldUseDarkColors: false }

const answer = (kind, options, otherwise) => {
  record.dialogs.push({ kind, options })
  return Promise.resolve(dialogAnswers[kind].shift() ?? otherwise)
}
export const dialog = {
  showOpenDialog: (_window, options) => answer('open', options, { canceled: true, filePaths: [] }),
  showSaveDialog: (_window, options) => answer('save', options, { canceled: true, filePath: '' }),
  showMessageBox: (_window, options) => answer('message', options, { response: options.cancelId }),
}

export const Menu = {
  buildFromTemplate: template => ({ template }),
  setApplicationMenu: menu => (record.menu = menu.template),
}

/** The preload's `electron`, inside the page. Playwright runs it before any script of the page, as Electron would. */
const pageElectron = preload => `(() => {
  const listeners = {}
  window.standInDeliver = (channel, values) => {
    for (const listener of listeners[channel] ?? []) listener({}, ...values)
  }
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value }) },
    ipcRenderer: {
      on: (channel, listener) => (listeners[channel] ??= []).push(listener),
      send: (channel, ...values) => void window.standInSend(channel, values),
    },
  }
  const require = name => {
    if (name === 'electron') return electron
    throw new Error('A sandboxed preload cannot require ' + name)
  }
  if (window.top === window) ((require, module, exports) => { ${preload} })(require, { exports: {} }, {})
})()`

class WebContents extends EventEmitter {
  ipc = new EventEmitter()
  page = null
  /** The connection that the page in it opened last. */
  connection = null
  #openHandler = null

  setWindowOpenHandler(handler) {
    this.#openHandler = handler
  }

  async attach(page, preload) {
    this.page = page
    page.on('pageerror', error => record.errors.push(String(error)))
    page.on('console', message => {
      if (message.type() === 'error') record.errors.push(message.text())
    })
    this.ipc.on('slipway:open', (_event, connection) => (this.connection = connection))
    await page.exposeBinding('standInSend', ({ frame }, channel, values) =>
      this.ipc.emit(channel, { senderFrame: this.frame(frame) }, ...values),
    )
    await page.addInitScript(pageElectron(readFileSync(preload, 'utf8')))
    // window.open never makes a page: main decides, and its decision is recorded.
    await page.exposeBinding('standInOpen', (_source, url) => this.#openHandler({ url }).action)
    await page.addInitScript(
      `window.open = url => { void window.standInOpen(String(new URL(url, location.href))); return null }`,
    )
    await page.route('**/*', route => unlessClosed(this.#answer(route)))
  }

  frame(frame) {
    return {
      url: toApp(frame.url()),
      parent: frame.parentFrame() === null ? null : {},
      isDestroyed: () => frame.isDetached() || this.page.isClosed(),
      send: (channel, ...values) =>
        void frame
          .evaluate(([to, all]) => globalThis.standInDeliver(to, all), [channel, values])
          .catch(() => undefined),
    }
  }

  async #answer(route) {
    const request = route.request()
    const url = toApp(request.url())
    if (request.isNavigationRequest() && this.page.url() !== 'about:blank') {
      const event = cancellable({ url, isMainFrame: request.frame() === this.page.mainFrame() })
      if (event.isMainFrame) this.emit('will-navigate', event)
      this.emit('will-frame-navigate', event)
      if (event.defaultPrevented) return route.abort('aborted')
    }
    if (!url.startsWith('app:')) return route.abort('blockedbyclient')
    return route.fulfill(await fetchFromApp(url))
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  #options
  #destroyed = false
  shown = false
  edited = false
  index = record.windows.length
  id = this.index + 1

  constructor(options) {
    super()
    this.#options = options
    windows.push(this)
    record.windows.push({ ...options, shown: false })
  }

  async loadURL(url) {
    const context = await browser.newContext({ viewport: { width: this.#options.width, height: this.#options.height } })
    const page = await context.newPage()
    await this.webContents.attach(page, this.#options.webPreferences.preload)
    page.once('domcontentloaded', () => this.emit('ready-to-show'))
    page.on('crash', () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed' }))
    await page.goto(toPage(url))
  }

  show() {
    record.windows[this.index].shown = true
  }

  focus() {
    record.windows[this.index].focused = true
  }

  isMinimized() {
    return false
  }

  isDestroyed() {
    return this.#destroyed
  }

  setDocumentEdited(edited) {
    record.windows[this.index].edited = edited
  }

  close() {
    const event = cancellable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy() {
    if (this.#destroyed) return
    this.#destroyed = true
    record.windows[this.index].closed = true
    this.webContents.emit('destroyed')
    this.emit('closed')
    // The program may end first, and its browser with it.
    const closing = this.webContents.page?.context().close()
    if (closing !== undefined) void unlessClosed(closing)
    if (windows.every(window => window.isDestroyed())) app.emit('window-all-closed')
  }
}
export const windows = []
