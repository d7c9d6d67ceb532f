/** A stream that one side fills and the other takes from with `for await`. */
export class EventQueue<T> implements AsyncIterable<T> {
  #pending: T[] = []
  #ended = false
  /** The taker left: what is pushed from here on is nobody's. */
  #left = false
  #failure: Error | null = null
  #wake: (() => void) | null = null
  #roomier: (() => void) | null = null

  push(event: T): void {
    if (!this.#left) this.#pending.push(event)
    this.#wake?.()
  }

  /** Like `push`; resolves only when no more than `limit` events wait. */
  async pushWithin(event: T, limit: number): Promise<void> {
    this.push(event)
    while (this.#pending.length > limit && !this.#ended) await new Promise<void>(resolve => (this.#roomier = resolve))
  }

  /** What was pushed is still delivered. */
  end(failure: Error | null = null): void {
    this.#ended = true
    this.#failure ??= failure
    this.#wake?.()
    this.#roomier?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        const events = this.#pending
        this.#pending = []
        this.#roomier?.()
        yield* events
        if (this.#pending.length > 0) continue
        if (this.#ended) {
          if (this.#failure) throw this.#failure
          return
        }
        await new Promise<void>(resolve => (this.#wake = resolve))
      }
    } finally {
      this.#left = true
      this.#pending = []
      this.#roomier?.()
    }
  }
}
