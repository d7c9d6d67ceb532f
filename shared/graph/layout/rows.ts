import { rowGap } from '../layout.ts'
import type { Segment, Slot, Threaded } from './slots.ts'

const passes = 8

/**
 * The top of each slot. Every slot wants its edges level; slots of a layer may not overlap and keep their order. Each
 * pass gives a layer the positions nearest to what its slots want, pooling those that push against each other.
 */
export function placeRows(graph: Threaded, layers: readonly (readonly number[])[]): readonly number[] {
  const top = new Array<number>(graph.slots.length).fill(0)
  const offsets = layers.map(layer => {
    let sum = 0
    return layer.map((slot, at) => {
      const before = layer[at - 1]
      if (before !== undefined) sum += distance(graph.slots[before], graph.slots[slot])
      top[slot] = sum
      return sum
    })
  })
  for (let pass = 0; pass < passes; pass++) {
    const side = pass === passes - 1 ? 'both' : pass % 2 === 0 ? 'left' : 'right'
    for (let step = 0; step < layers.length; step++) {
      const at = side === 'right' ? layers.length - 1 - step : step
      const layer = layers[at] ?? []
      const wanted = layer.map(slot => wish(graph, top, slot, side))
      settle(layer, offsets[at] ?? [], wanted, top)
    }
  }
  const highest = Math.min(...top.filter((_, slot) => graph.slots[slot]?.isNode))
  return top.map(value => value - highest)
}

function distance(upper: Slot | undefined, lower: Slot | undefined): number {
  const gap = upper?.isNode && lower?.isNode ? rowGap : upper?.isNode || lower?.isNode ? 18 : 4
  return (upper?.height ?? 0) + gap
}

interface Wish {
  readonly top: number
  readonly weight: number
}

function wish(graph: Threaded, top: readonly number[], slot: number, side: 'left' | 'right' | 'both'): Wish {
  let sum = 0
  let weight = 0
  const add = (segment: Segment, other: number, level: number) => {
    // Long edges are pulled straight first, then those between nodes.
    const pull = graph.slots[slot]?.isNode === graph.slots[other]?.isNode ? (graph.slots[slot]?.isNode ? 1 : 8) : 2
    sum += level * pull
    weight += pull
  }
  if (side !== 'right')
    for (const segment of graph.arriving[slot] ?? [])
      add(segment, segment.from, (top[segment.from] ?? 0) + segment.fromOffset - segment.toOffset)
  if (side !== 'left')
    for (const segment of graph.leaving[slot] ?? [])
      add(segment, segment.to, (top[segment.to] ?? 0) + segment.toOffset - segment.fromOffset)
  return weight === 0 ? { top: top[slot] ?? 0, weight: 0.05 } : { top: sum / weight, weight }
}

/** Least squares under "each slot at least its distance below the one before": pool adjacent violators. */
function settle(layer: readonly number[], offsets: readonly number[], wanted: readonly Wish[], top: number[]): void {
  const pools: { mean: number; weight: number; size: number }[] = []
  wanted.forEach((wish, at) => {
    let pool = { mean: wish.top - (offsets[at] ?? 0), weight: wish.weight, size: 1 }
    for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
      const weight = last.weight + pool.weight
      pool = {
        mean: (last.mean * last.weight + pool.mean * pool.weight) / weight,
        weight,
        size: last.size + pool.size,
      }
      pools.pop()
    }
    pools.push(pool)
  })
  let at = 0
  for (const pool of pools) {
    for (let member = 0; member < pool.size; member++, at++) {
      const slot = layer[at]
      if (slot !== undefined) top[slot] = pool.mean + (offsets[at] ?? 0)
    }
  }
}
