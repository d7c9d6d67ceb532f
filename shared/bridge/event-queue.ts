/** Events on their way from a wire to one `for await` loop. */
export interface EventQueue {
  push(event: unknown): void
  /** No more events; what is queued is still read. */
  end(): void
  /** The reader gets `error` next; what is queued is dropped. */
  fail(error: Error): void
  readonly reader: AsyncIterator<unknown, undefined>
}

interface Waiter {
  resolve(result: IteratorResult<unknown, undefined>): void
  reject(error: Error): void
}

/** `onTaken` fires for every event the reader takes, `onLeft` once when the reader leaves before the end. */
export function createEventQueue(onTaken: () => void, onLeft: () => void): EventQueue {
  let events: unknown[] = []
  let waiters: Waiter[] = []
  let state: 'open' | 'ended' | 'over' = 'open'
  let failure: Error | null = null
  const done: IteratorResult<unknown, undefined> = { done: true, value: undefined }

  const settle = (tell: (waiter: Waiter) => void) => {
    const waiting = waiters
    waiters = []
    for (const waiter of waiting) tell(waiter)
  }
  return {
    push(event) {
      if (state !== 'open') return
      const waiter = waiters.shift()
      if (waiter === undefined) events.push(event)
      else {
        onTaken()
        waiter.resolve({ done: false, value: event })
      }
    },
    end() {
      if (state !== 'open') return
      state = 'ended'
      settle(waiter => waiter.resolve(done))
    },
    fail(error) {
      if (state !== 'open') return
      state = 'ended'
      events = []
      const [first, ...rest] = waiters
      waiters = rest
      if (first === undefined) failure = error
      else first.reject(error)
      settle(waiter => waiter.resolve(done))
    },
    reader: {
      next() {
        if (events.length > 0) {
          const value = events.shift()
          onTaken()
          return Promise.resolve({ done: false, value })
        }
        if (failure !== null) {
          const error = failure
          failure = null
          return Promise.reject(error)
        }
        if (state !== 'open') return Promise.resolve(done)
        return new Promise((resolve, reject) => {
          waiters.push({ resolve, reject })
        })
      },
      return() {
        const left = state === 'open'
        state = 'over'
        events = []
        failure = null
        settle(waiter => waiter.resolve(done))
        if (left) onLeft()
        return Promise.resolve(done)
      },
    },
  }
}
