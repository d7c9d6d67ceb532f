import { rowGap } from '../layout.ts'
import type { Arc } from './layers.ts'

/** Where a node stands; `top` is what may change. */
export interface Placed {
  readonly left: number
  readonly width: number
  readonly height: number
  top: number
}

/** Comparisons of two lines, for each line of the graph: what this may cost grows no faster than the graph. */
const effort = 2_500

/**
 * Last touch: the order within layers minds the ways of long edges through them, but a reader follows the eye's straight
 * line from card to card. Exchanges neighbours of a column, and moves nodes to the ends of the free space around them,
 * wherever fewer of those lines cross.
 */
export function untangle(nodes: readonly Placed[], layerOf: readonly number[], arcs: readonly Arc[]): void {
  const lines = new Lines(nodes, arcs)
  const columns = new Map<number, number[]>()
  nodes.forEach((_, node) => {
    const column = columns.get(layerOf[node] ?? 0)
    if (column === undefined) columns.set(layerOf[node] ?? 0, [node])
    else column.push(node)
  })
  const top = (node: number) => nodes[node]?.top ?? 0
  const bottom = (node: number) => top(node) + (nodes[node]?.height ?? 0)
  for (const column of columns.values()) column.sort((a, b) => top(a) - top(b))
  const lowest = Math.max(...nodes.map(node => node.top + node.height))
  for (let improved = true; improved && lines.patience > 0;) {
    improved = false
    for (const column of columns.values()) {
      for (let at = 0; at + 1 < column.length; at++) {
        const [upper = 0, lower = 0] = [column[at], column[at + 1]]
        const tops = [bottom(lower) - (nodes[upper]?.height ?? 0), top(upper)]
        if (!lines.improve([upper, lower], tops)) continue
        column[at] = lower
        column[at + 1] = upper
        improved = true
      }
      column.forEach((node, at) => {
        const [above, below] = [column[at - 1], column[at + 1]]
        const highest = above === undefined ? 0 : bottom(above) + rowGap
        const deepest = (below === undefined ? lowest : top(below) - rowGap) - (nodes[node]?.height ?? 0)
        for (const wanted of [highest, deepest])
          if (deepest > highest && lines.improve([node], [wanted])) improved = true
      })
    }
  }
}

/** The straight lines between the middles of nodes. */
class Lines {
  /** Comparisons still to be had. */
  patience: number
  readonly #nodes: readonly Placed[]
  readonly #arcs: readonly Arc[]
  readonly #startX: Float64Array
  readonly #startY: Float64Array
  readonly #endX: Float64Array
  readonly #endY: Float64Array
  readonly #touching: readonly (readonly number[])[]
  /** Lines that a move takes along, marked while it is tried. */
  readonly #moved: Uint8Array

  constructor(nodes: readonly Placed[], arcs: readonly Arc[]) {
    this.patience = effort * arcs.length
    this.#nodes = nodes
    this.#arcs = arcs
    const middle = (node: number) => (nodes[node]?.left ?? 0) + (nodes[node]?.width ?? 0) / 2
    const level = (node: number) => (nodes[node]?.top ?? 0) + (nodes[node]?.height ?? 0) / 2
    this.#startX = Float64Array.from(arcs, arc => middle(arc.from))
    this.#startY = Float64Array.from(arcs, arc => level(arc.from))
    this.#endX = Float64Array.from(arcs, arc => middle(arc.to))
    this.#endY = Float64Array.from(arcs, arc => level(arc.to))
    const touching = nodes.map((): number[] => [])
    arcs.forEach((arc, index) => {
      touching[arc.from]?.push(index)
      touching[arc.to]?.push(index)
    })
    this.#touching = touching
    this.#moved = new Uint8Array(arcs.length)
  }

  /** Moves the nodes to those tops if that leaves fewer crossings, and says whether it did. */
  improve(nodes: readonly number[], tops: readonly number[]): boolean {
    if (this.patience <= 0) return false
    const moved = nodes.flatMap(node => this.#touching[node] ?? [])
    for (const line of moved) this.#moved[line] = 1
    const before = this.#count(moved)
    const old = nodes.map(node => this.#nodes[node]?.top ?? 0)
    if (before > 0) this.#put(nodes, tops)
    const better = before > 0 && this.#count(moved) < before
    if (before > 0 && !better) this.#put(nodes, old)
    for (const line of moved) this.#moved[line] = 0
    return better
  }

  #put(nodes: readonly number[], tops: readonly number[]): void {
    nodes.forEach((node, at) => {
      const placed = this.#nodes[node]
      if (placed === undefined) return
      placed.top = tops[at] ?? 0
      for (const line of this.#touching[node] ?? [])
        (this.#arcs[line]?.from === node ? this.#startY : this.#endY)[line] = placed.top + placed.height / 2
    })
  }

  /** Crossings of the moved lines with all others; lines that share an end do not cross. */
  #count(moved: readonly number[]): number {
    const [startX, startY, endX, endY] = [this.#startX, this.#startY, this.#endX, this.#endY]
    this.patience -= moved.length * startX.length
    let count = 0
    for (const one of moved) {
      const ax = startX[one] ?? 0
      const ay = startY[one] ?? 0
      const bx = endX[one] ?? 0
      const by = endY[one] ?? 0
      const high = Math.min(ay, by)
      const low = Math.max(ay, by)
      for (let other = 0; other < startX.length; other++) {
        const cx = startX[other] ?? 0
        const dx = endX[other] ?? 0
        if (dx <= ax || cx >= bx) continue
        const cy = startY[other] ?? 0
        const dy = endY[other] ?? 0
        if ((cy <= high && dy <= high) || (cy >= low && dy >= low)) continue
        if (this.#moved[other] === 1 && other <= one) continue
        const first = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        const second = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
        if (first * second >= 0) continue
        const third = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
        const fourth = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
        if (third * fourth < 0) count++
      }
    }
    return count
  }
}
