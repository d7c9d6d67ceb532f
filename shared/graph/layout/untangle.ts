import { rowGap } from '../layout.ts'
import type { Arc } from './layers.ts'
import { StraightLines, type Placed } from './straight-lines.ts'

/**
 * Last touch: the order within layers minds the ways of long edges through them, but a reader follows the eye's straight
 * line from card to card. Exchanges neighbours of a column, moves nodes to the ends of the free space around them, and
 * carries them past several others, wherever fewer of those lines cross. Gives what counts the crossings left.
 */
export function untangle(nodes: readonly Placed[], layerOf: readonly number[], arcs: readonly Arc[]): () => number {
  const lines = new StraightLines(nodes, arcs)
  const columns: number[][] = []
  nodes.forEach((_, node) => (columns[layerOf[node] ?? 0] ??= []).push(node))
  const top = (node: number) => nodes[node]?.top ?? 0
  const bottom = (node: number) => top(node) + (nodes[node]?.height ?? 0)
  for (const column of columns) column.sort((a, b) => top(a) - top(b))
  const lowest = Math.max(...nodes.map(node => node.top + node.height))

  /** Lets a node and the one below it change places within the room that they take together. */
  const exchange = (column: number[], at: number): number => {
    const [upper = 0, lower = 0] = [column[at], column[at + 1]]
    column[at] = lower
    column[at + 1] = upper
    return lines.move([upper, lower], [bottom(lower) - (nodes[upper]?.height ?? 0), top(upper)])
  }
  const exchangeNeighbours = (column: number[], at: number): boolean => {
    const [upper = 0, lower = 0] = [column[at], column[at + 1]]
    const tops = [top(upper), top(lower)]
    if (exchange(column, at) < 0) return true
    column[at] = upper
    column[at + 1] = lower
    lines.put([upper, lower], tops)
    return false
  }
  const slide = (column: readonly number[], at: number): boolean => {
    const [above, node = 0, below] = [column[at - 1], column[at], column[at + 1]]
    const highest = above === undefined ? 0 : bottom(above) + rowGap
    const deepest = (below === undefined ? lowest : top(below) - rowGap) - (nodes[node]?.height ?? 0)
    let improved = false
    for (const wanted of deepest > highest ? [highest, deepest] : []) {
      const before = top(node)
      if (lines.move([node], [wanted]) < 0) improved = true
      else lines.put([node], [before])
    }
    return improved
  }
  /** Carries a node to either end of its column, and leaves it where the fewest lines cross. */
  const carry = (column: number[], node: number): boolean => {
    const start = column.indexOf(node)
    let best = { gain: 0, order: [...column], tops: column.map(top) }
    const { order, tops } = best
    const restore = () => {
      best.order.forEach((each, at) => (column[at] = each))
      lines.put(best.order, best.tops)
    }
    for (const step of [1, -1]) {
      let gain = 0
      for (let at = start; column[at + step] !== undefined; at += step) {
        gain += exchange(column, step > 0 ? at : at - 1)
        if (gain < best.gain) best = { gain, order: [...column], tops: column.map(top) }
      }
      if (best.gain < 0) break
      order.forEach((each, at) => (column[at] = each))
      lines.put(order, tops)
    }
    if (best.gain < 0) restore()
    return best.gain < 0
  }
  for (let improved = true; improved && lines.patience > 0;) {
    improved = false
    for (const column of columns) {
      for (let at = 0; at + 1 < column.length && lines.patience > 0; at++)
        if (exchangeNeighbours(column, at)) improved = true
      for (let at = 0; at < column.length && lines.patience > 0; at++) if (slide(column, at)) improved = true
    }
    if (improved) continue
    for (const column of columns)
      for (const node of [...column]) if (lines.patience > 0 && carry(column, node)) improved = true
  }
  return () => lines.crossings()
}
