import type { RawData, WebSocket } from 'ws'
import { createListeners } from '../shared/bridge/listeners.ts'
import type { Port } from '../shared/bridge/port.ts'

/** The host's end of a WebSocket that a renderer opened. */
export function socketPort(socket: WebSocket): Port {
  const listeners = createListeners()
  socket.on('message', (content: RawData, isBinary: boolean) => {
    if (isBinary) return
    let message: unknown
    try {
      message = JSON.parse(textOf(content))
    } catch {
      return // a frame without sense is dropped, as it is in the renderer
    }
    listeners.deliver(message)
  })
  // ws closes the socket itself after an error: a frame above the limit, text that is not UTF-8.
  socket.on('error', () => undefined)
  socket.on('close', (_code, reason) => {
    listeners.closed(reason.length > 0 ? reason.toString('utf8') : 'The window was closed or its connection was cut.')
  })
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close() {
      socket.close(1000, 'The host was stopped.')
    },
  }
}

function textOf(content: RawData): string {
  if (Array.isArray(content)) return Buffer.concat(content).toString('utf8')
  return (Buffer.isBuffer(content) ? content : Buffer.from(content)).toString('utf8')
}
