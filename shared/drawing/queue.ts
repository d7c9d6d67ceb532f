/** Numbers waiting for their turn, the least cost first: a binary heap. */
export class Queue {
  readonly #costs: number[] = []
  readonly #values: number[] = []

  add(value: number, cost: number): void {
    let at = this.#costs.length
    for (let parent = (at - 1) >> 1; at > 0 && (this.#costs[parent] ?? 0) > cost; parent = (at - 1) >> 1) {
      this.#set(at, this.#values[parent], this.#costs[parent])
      at = parent
    }
    this.#set(at, value, cost)
  }

  take(): number | undefined {
    const [first] = this.#values
    const [value, cost] = [this.#values.pop(), this.#costs.pop() ?? 0]
    const length = this.#values.length
    if (length === 0) return first
    let at = 0
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && (this.#costs[child + 1] ?? 0) < (this.#costs[child] ?? 0)) child++
      if ((this.#costs[child] ?? 0) >= cost) break
      this.#set(at, this.#values[child], this.#costs[child])
      at = child
    }
    this.#set(at, value, cost)
    return first
  }

  #set(at: number, value = 0, cost = 0): void {
    this.#values[at] = value
    this.#costs[at] = cost
  }
}
