import type { Arc } from './layers.ts'

/** Where a node stands; `top` is what may change. */
export interface Placed {
  readonly left: number
  readonly width: number
  readonly height: number
  top: number
}

/** Comparisons of two lines that may be made: small graphs are tried longer than large ones. */
const effort = 400_000

/** The straight lines between the middles of nodes, and how often they cross; lines with a common end do not. */
export class StraightLines {
  /** Comparisons still to be had. */
  patience: number
  readonly #nodes: readonly Placed[]
  readonly #arcs: readonly Arc[]
  readonly #startX: Float64Array
  readonly #startY: Float64Array
  readonly #endX: Float64Array
  readonly #endY: Float64Array
  readonly #touching: readonly Int32Array[]
  readonly #from: Int32Array
  readonly #to: Int32Array
  /** By line, once asked for: the others that pass through some of the same columns. */
  readonly #rivals: (Int32Array | undefined)[]
  readonly #found: Int32Array
  /** Lines that a move takes along, marked while it is tried. */
  readonly #moved: Uint8Array

  constructor(nodes: readonly Placed[], arcs: readonly Arc[]) {
    this.patience = effort
    this.#nodes = nodes
    this.#arcs = arcs
    const middle = (node: number) => (nodes[node]?.left ?? 0) + (nodes[node]?.width ?? 0) / 2
    const level = (node: number) => (nodes[node]?.top ?? 0) + (nodes[node]?.height ?? 0) / 2
    this.#startX = Float64Array.from(arcs, arc => middle(arc.from))
    this.#startY = Float64Array.from(arcs, arc => level(arc.from))
    this.#endX = Float64Array.from(arcs, arc => middle(arc.to))
    this.#endY = Float64Array.from(arcs, arc => level(arc.to))
    const touching = nodes.map((): number[] => [])
    arcs.forEach((arc, line) => {
      touching[arc.from]?.push(line)
      touching[arc.to]?.push(line)
    })
    this.#touching = touching.map(list => Int32Array.from(list))
    this.#moved = new Uint8Array(arcs.length)
    this.#from = Int32Array.from(arcs, arc => arc.from)
    this.#to = Int32Array.from(arcs, arc => arc.to)
    this.#rivals = new Array<undefined>(arcs.length)
    this.#found = new Int32Array(arcs.length)
  }

  #findRivals(line: number): Int32Array {
    const [startX, endX, from, to, found] = [this.#startX, this.#endX, this.#from, this.#to, this.#found]
    const [left, right, start, end] = [startX[line] ?? 0, endX[line] ?? 0, from[line], to[line]]
    let count = 0
    for (let other = 0; other < found.length; other++) {
      if ((endX[other] ?? 0) <= left || (startX[other] ?? 0) >= right) continue
      if (from[other] !== start && to[other] !== end) found[count++] = other
    }
    return found.slice(0, count)
  }

  crossings(): number {
    this.#moved.fill(1)
    const all = this.#count(Int32Array.from(this.#arcs, (_, line) => line))
    this.#moved.fill(0)
    return all
  }

  /** Moves nodes to those tops, and gives how many crossings more there are then. */
  move(nodes: readonly number[], tops: readonly number[]): number {
    const lines = nodes.map(node => this.#touching[node] ?? new Int32Array())
    for (const list of lines) for (const line of list) this.#moved[line] = 1
    const before = lines.reduce((sum, list) => sum + this.#count(list), 0)
    this.put(nodes, tops)
    const after = lines.reduce((sum, list) => sum + this.#count(list), 0)
    for (const list of lines) for (const line of list) this.#moved[line] = 0
    return after - before
  }

  put(nodes: readonly number[], tops: readonly number[]): void {
    nodes.forEach((node, at) => {
      const placed = this.#nodes[node]
      if (placed === undefined) return
      placed.top = tops[at] ?? 0
      for (const line of this.#touching[node] ?? [])
        (this.#arcs[line]?.from === node ? this.#startY : this.#endY)[line] = placed.top + placed.height / 2
    })
  }

  /** Crossings of lines that move with all others; those with another that moves are the one's with the higher number. */
  #count(lines: Int32Array): number {
    const [startX, startY, endX, endY, moved] = [this.#startX, this.#startY, this.#endX, this.#endY, this.#moved]
    let count = 0
    for (const one of lines) {
      const ax = startX[one] ?? 0
      const ay = startY[one] ?? 0
      const bx = endX[one] ?? 0
      const by = endY[one] ?? 0
      const slope = (by - ay) / (bx - ax)
      const high = Math.min(ay, by)
      const low = Math.max(ay, by)
      const rivals = (this.#rivals[one] ??= this.#findRivals(one))
      this.patience -= rivals.length
      for (let at = 0; at < rivals.length; at++) {
        const other = rivals[at] ?? 0
        const cy = startY[other] ?? 0
        const dy = endY[other] ?? 0
        if ((cy <= high && dy <= high) || (cy >= low && dy >= low)) continue
        if (moved[other] === 1 && other <= one) continue
        const cx = startX[other] ?? 0
        const dx = endX[other] ?? 0
        // They cross where they change places between the left and the right end of what they have in common.
        const left = cx <= ax ? cy + ((dy - cy) * (ax - cx)) / (dx - cx) - ay : cy - (ay + slope * (cx - ax))
        const right = dx <= bx ? dy - (ay + slope * (dx - ax)) : cy + ((dy - cy) * (bx - cx)) / (dx - cx) - by
        if (left * right < 0) count++
      }
    }
    return count
  }
}
