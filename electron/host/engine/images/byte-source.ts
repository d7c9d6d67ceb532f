/** Bytes that come in chunks, taken in lengths of one's own. Nothing is kept that was passed over. */
export class ByteSource {
  /** Bytes taken or passed over so far. */
  position = 0
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `length` bytes without taking them; fewer where they end before. */
  async peek(length: number): Promise<Buffer> {
    const parts = [this.#rest]
    let held = this.#rest.length
    while (held < length) {
      const next = await this.#chunks.next()
      if (next.done === true) break
      parts.push(next.value)
      held += next.value.length
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts)
    return this.#rest.subarray(0, length)
  }

  async take(length: number): Promise<Buffer> {
    const taken = this.#rest.length >= length ? this.#rest.subarray(0, length) : await this.peek(length)
    this.#pass(taken.length)
    return taken
  }

  /** The next `length` bytes as they come; fewer where they end before. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    let left = length
    while (left > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done === true) return
        this.#rest = next.value
      }
      const piece = this.#rest.subarray(0, left)
      this.#pass(piece.length)
      left -= piece.length
      yield piece
    }
  }

  async skip(length: number): Promise<void> {
    if (this.#rest.length >= length) {
      this.#pass(length)
      return
    }
    const pieces = this.pieces(length)
    while ((await pieces.next()).done !== true);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  #pass(length: number): void {
    this.#rest = this.#rest.subarray(length)
    this.position += length
  }
}
