import { createListeners } from '../../shared/bridge/listeners.ts'
import type { Port } from '../../shared/bridge/port.ts'

/** The renderer's end of a WebSocket. What is sent before the socket is open goes out once it is. */
export function socketPort(socket: WebSocket): Port {
  const listeners = createListeners()
  let waiting: string[] = []
  socket.addEventListener('open', () => {
    for (const text of waiting) socket.send(text)
    waiting = []
  })
  socket.addEventListener('message', event => {
    if (typeof event.data !== 'string') return
    let message: unknown
    try {
      message = JSON.parse(event.data)
    } catch {
      return // a frame without sense is dropped, as it is at the host
    }
    listeners.deliver(message)
  })
  socket.addEventListener('error', () => undefined) // a close event with the reason follows every error
  socket.addEventListener('close', event => {
    listeners.closed(event.wasClean && event.reason !== '' ? event.reason : 'The host does not answer any more.')
  })
  return {
    send(message) {
      const text = JSON.stringify(message)
      if (socket.readyState === socket.CONNECTING) waiting.push(text)
      else if (socket.readyState === socket.OPEN) socket.send(text)
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close() {
      socket.close(1000, 'The window was closed.')
    },
  }
}

/** A socket to the host that served this page; the cookie it left lets us in. */
export function openHostSocket(location: Location): Port {
  const url = new URL('/bridge', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return socketPort(new WebSocket(url))
}
