import { rowGap } from '../layout.ts'
import type { Slot, Threaded } from './slots.ts'

const passes = 8

/**
 * The top of each slot. Every slot wants its edges level; slots of a layer may not overlap and keep their order. Each
 * pass gives a layer the positions nearest to what its slots want, pooling those that push against each other.
 */
export function placeRows(graph: Threaded, layers: readonly (readonly number[])[]): readonly number[] {
  const top = new Float64Array(graph.slots.length)
  const offsets = layers.map(layer => {
    let sum = 0
    return layer.map((slot, at) => {
      const before = layer[at - 1]
      if (before !== undefined) sum += distance(graph.slots[before], graph.slots[slot])
      top[slot] = sum
      return sum
    })
  })
  const widest = Math.max(...layers.map(({ length }) => length))
  const [wanted, weights] = [new Float64Array(widest), new Float64Array(widest)]
  for (let pass = 0; pass < passes; pass++) {
    const side = pass === passes - 1 ? 'both' : pass % 2 === 0 ? 'left' : 'right'
    for (let step = 0; step < layers.length; step++) {
      const at = side === 'right' ? layers.length - 1 - step : step
      const layer = layers[at] ?? []
      wish(graph, top, layer, side, wanted, weights)
      settle(layer, offsets[at] ?? [], wanted, weights, top)
    }
  }
  const highest = Math.min(...top.filter((_, slot) => graph.slots[slot]?.isNode))
  return Array.from(top, value => value - highest)
}

function distance(upper: Slot | undefined, lower: Slot | undefined): number {
  const gap = upper?.isNode && lower?.isNode ? rowGap : upper?.isNode || lower?.isNode ? 18 : 4
  return (upper?.height ?? 0) + gap
}

/** Fills in what the slots of a layer want, in their order, and how strongly. */
function wish(
  graph: Threaded,
  top: Float64Array,
  layer: readonly number[],
  side: 'left' | 'right' | 'both',
  wanted: Float64Array,
  weights: Float64Array,
): void {
  for (let at = 0; at < layer.length; at++) {
    const slot = layer[at] ?? 0
    const isNode = graph.slots[slot]?.isNode === true
    let sum = 0
    let weight = 0
    if (side !== 'right')
      for (const { from, fromOffset, toOffset } of graph.arriving[slot] ?? []) {
        const pull = pullOf(isNode, graph.slots[from])
        sum += ((top[from] ?? 0) + fromOffset - toOffset) * pull
        weight += pull
      }
    if (side !== 'left')
      for (const { to, fromOffset, toOffset } of graph.leaving[slot] ?? []) {
        const pull = pullOf(isNode, graph.slots[to])
        sum += ((top[to] ?? 0) + toOffset - fromOffset) * pull
        weight += pull
      }
    wanted[at] = weight === 0 ? (top[slot] ?? 0) : sum / weight
    weights[at] = weight === 0 ? 0.05 : weight
  }
}

/** Long edges are pulled straight first, then those between nodes. */
function pullOf(isNode: boolean, other: Slot | undefined): number {
  return other?.isNode !== isNode ? 2 : isNode ? 1 : 8
}

/** Least squares under "each slot at least its distance below the one before": pool adjacent violators. */
function settle(
  layer: readonly number[],
  offsets: readonly number[],
  wanted: Float64Array,
  weights: Float64Array,
  top: Float64Array,
): void {
  const pools: { mean: number; weight: number; size: number }[] = []
  for (let at = 0; at < layer.length; at++) {
    const pool = { mean: (wanted[at] ?? 0) - (offsets[at] ?? 0), weight: weights[at] ?? 0, size: 1 }
    for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
      const weight = last.weight + pool.weight
      pool.mean = (last.mean * last.weight + pool.mean * pool.weight) / weight
      pool.weight = weight
      pool.size += last.size
      pools.pop()
    }
    pools.push(pool)
  }
  let at = 0
  for (const pool of pools) {
    for (let member = 0; member < pool.size; member++, at++) {
      const slot = layer[at]
      if (slot !== undefined) top[slot] = pool.mean + (offsets[at] ?? 0)
    }
  }
}
