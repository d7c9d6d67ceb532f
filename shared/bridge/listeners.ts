import type { Port } from './port.ts'

/** The listening half of a port, the same on every wire: several listeners, closed once, told late what came early. */
export interface Listeners extends Pick<Port, 'onMessage' | 'onClose'> {
  deliver(message: unknown): void
  /** Tells every listener once; a second close says nothing. */
  closed(reason: string): void
  readonly isClosed: boolean
}

/** Messages that come before anyone listens are kept for the first listener: no wire may lose the first frame. */
export function createListeners(): Listeners {
  const onMessage = new Set<(message: unknown) => void>()
  const onClose = new Set<(reason: string) => void>()
  let early: unknown[] = []
  let closeReason: string | null = null
  return {
    deliver(message) {
      if (closeReason !== null) return
      if (onMessage.size === 0) early.push(message)
      for (const listener of onMessage) listener(message)
    },
    closed(reason) {
      if (closeReason !== null) return
      closeReason = reason
      early = []
      for (const listener of onClose) listener(reason)
    },
    get isClosed() {
      return closeReason !== null
    },
    onMessage(listener) {
      onMessage.add(listener)
      const waiting = early
      early = []
      for (const message of waiting) listener(message)
    },
    onClose(listener) {
      if (closeReason === null) onClose.add(listener)
      else listener(closeReason)
    },
  }
}
