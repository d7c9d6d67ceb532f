import { createListeners } from './listeners.ts'
import type { Port } from './port.ts'

/** Two ends of a wire within one process. Messages cross as JSON text and arrive later, as on every other wire. */
export function memoryPorts(): readonly [Port, Port] {
  const left = createListeners()
  const right = createListeners()
  const end = (mine: typeof left, other: typeof left): Port => ({
    send(message) {
      if (mine.isClosed) return
      const json = JSON.stringify(message)
      void Promise.resolve().then(() => {
        other.deliver(JSON.parse(json))
      })
    },
    onMessage: mine.onMessage,
    onClose: mine.onClose,
    close() {
      mine.closed('It was closed on this side.')
      void Promise.resolve().then(() => {
        other.closed('The other side closed it.')
      })
    },
  })
  return [end(left, right), end(right, left)]
}
