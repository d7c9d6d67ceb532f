import { createListeners } from '../shared/bridge/listeners.ts'
import { type Port } from '../shared/bridge/port.ts'
import { isBundleUrl } from './bundle-origin.ts'
import { ipcChannels } from './ipc-channels.ts'

/** The part of Electron's WebFrameMain that the wire needs. */
export interface PageFrame {
  readonly url: string
  readonly parent: object | null
  isDestroyed(): boolean
  send(channel: string, ...values: unknown[]): void
}

/** The part of Electron's WebContents that the wire needs. */
export interface PageContents {
  readonly ipc: {
    on(channel: string, listener: (event: { senderFrame: PageFrame | null }, ...values: unknown[]) => void): unknown
  }
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown
  on(event: 'destroyed', listener: () => void): unknown
}

/** A port to one load of the page, and the way to send the menu's commands to the same page. */
export interface PageConnection {
  readonly port: Port
  sendCommand(command: string): void
}

/** Only the window's own main frame, showing our own page, may speak; `senderFrame` is null once the frame is gone. */
const isTrusted = (frame: PageFrame | null): frame is PageFrame =>
  frame !== null && frame.parent === null && isBundleUrl(frame.url)

/**
 * Calls `connected` for every load of our page in `contents`. The sender is checked on every message, not once: a frame
 * may navigate between two of them. A reload, a crash or the end of the window closes the port with a sentence.
 */
export const acceptPages = (contents: PageContents, connected: (page: PageConnection) => void): void => {
  let current: OpenPage | null = null
  const endCurrent = (reason: string): void => {
    const ending = current
    current = null
    ending?.end(reason)
  }

  const receive = (channel: string, handle: (frame: PageFrame, connection: string, text: unknown) => void): void => {
    contents.ipc.on(channel, (event, connection, text) => {
      if (isTrusted(event.senderFrame) && typeof connection === 'string') handle(event.senderFrame, connection, text)
    })
  }

  receive(ipcChannels.open, (frame, connection) => {
    endCurrent('The page was loaded again.')
    current = new OpenPage(frame, connection)
    connected(current)
  })
  receive(ipcChannels.message, (_frame, connection, text) => {
    if (current?.connection === connection && typeof text === 'string') current.receive(text)
  })
  receive(ipcChannels.close, (_frame, connection) => {
    if (current?.connection === connection) endCurrent('The window closed the connection.')
  })
  contents.on('render-process-gone', (_event, details) => endCurrent(`The window stopped working (${details.reason}).`))
  contents.on('destroyed', () => endCurrent('The window was closed.'))
}

class OpenPage implements PageConnection {
  readonly connection: string
  readonly port: Port
  readonly #frame: PageFrame
  readonly #listeners = createListeners()

  constructor(frame: PageFrame, connection: string) {
    this.#frame = frame
    this.connection = connection
    this.port = {
      send: message => this.#send(ipcChannels.message, JSON.stringify(message)),
      onMessage: this.#listeners.onMessage,
      onClose: this.#listeners.onClose,
      close: () => {
        const reason = 'The host was stopped.'
        this.#send(ipcChannels.close, reason)
        this.end(reason)
      },
    }
  }

  sendCommand(command: string): void {
    this.#send(ipcChannels.command, command)
  }

  receive(text: string): void {
    let message: unknown
    try {
      message = JSON.parse(text)
    } catch {
      return // a frame without sense is dropped, as on every wire
    }
    this.#listeners.deliver(message)
  }

  end(reason: string): void {
    this.#listeners.closed(reason)
  }

  #send(channel: string, text: string): void {
    if (!this.#listeners.isClosed && !this.#frame.isDestroyed()) this.#frame.send(channel, this.connection, text)
  }
}
