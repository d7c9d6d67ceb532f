/** Numbers that the same seed always gives in the same order (mulberry32). */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }

  /** @throws Error for an empty list */
  pick<T>(list: readonly T[]): T {
    const index = this.below(list.length)
    const chosen = list[index]
    if (chosen === undefined) throw new Error('There is nothing to pick from.')
    return chosen
  }
}
