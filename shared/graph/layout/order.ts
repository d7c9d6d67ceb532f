import type { Segment, Threaded } from './slots.ts'

const sweeps = 8

/**
 * Orders the slots of each layer so that few edges cross: barycentre sweeps to and fro, each followed by switching
 * neighbours while that helps; the best order met is kept. Where an edge leaves and arrives on a node counts too.
 */
export function orderLayers(graph: Threaded): readonly (readonly number[])[] {
  const layers = firstOrder(graph)
  const rank = new Float64Array(graph.slots.length)
  for (const layer of layers) number(layer, rank)
  let best = layers.map(layer => [...layer])
  let fewest = countCrossings(graph, layers, rank)
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const toRight = sweep % 2 === 0
    for (let step = 1; step < layers.length; step++) {
      const layer = layers[toRight ? step : layers.length - 1 - step]
      if (layer !== undefined) sortByBarycentre(graph, layer, rank, toRight)
    }
    switchNeighbours(graph, layers, rank)
    const crossings = countCrossings(graph, layers, rank)
    if (crossings < fewest) {
      fewest = crossings
      best = layers.map(layer => [...layer])
    }
  }
  return best
}

/** Depth first from the left, in node order: connected things start out together. */
function firstOrder(graph: Threaded): number[][] {
  const layers = Array.from({ length: graph.layerCount }, (): number[] => [])
  const seen = new Uint8Array(graph.slots.length)
  const visit = (first: number) => {
    const stack = [first]
    for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
      if (seen[slot] === 1) continue
      seen[slot] = 1
      layers[graph.slots[slot]?.layer ?? 0]?.push(slot)
      const next = (graph.leaving[slot] ?? []).map(segment => segment.to)
      stack.push(...next.reverse())
    }
  }
  graph.slots.forEach((_, slot) => {
    if (graph.arriving[slot]?.length === 0) visit(slot)
  })
  return layers
}

function number(layer: readonly number[], rank: Float64Array): void {
  layer.forEach((slot, position) => {
    rank[slot] = position
  })
}

/** Position of an edge's end within its layer: the slot's rank, and below it how far down the slot's side it sits. */
function leftPort(rank: Float64Array, segment: Segment): number {
  return (rank[segment.from] ?? 0) + segment.fromShare
}

function rightPort(rank: Float64Array, segment: Segment): number {
  return (rank[segment.to] ?? 0) + segment.toShare
}

function sortByBarycentre(graph: Threaded, layer: number[], rank: Float64Array, toRight: boolean): void {
  const weights = new Map<number, number>()
  for (const slot of layer) {
    const segments = (toRight ? graph.arriving : graph.leaving)[slot] ?? []
    if (segments.length === 0) {
      weights.set(slot, rank[slot] ?? 0)
      continue
    }
    let sum = 0
    for (const segment of segments) sum += toRight ? leftPort(rank, segment) : rightPort(rank, segment)
    weights.set(slot, sum / segments.length)
  }
  layer.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0) || (rank[a] ?? 0) - (rank[b] ?? 0))
  number(layer, rank)
}

interface Ports {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

function switchNeighbours(graph: Threaded, layers: readonly number[][], rank: Float64Array): void {
  for (let round = 0, improved = true; improved && round < 3; round++) {
    improved = false
    for (const layer of layers) {
      if (layer.length < 2) continue
      // The ports lie in the neighbouring layers: switching within this one does not move them.
      const ports = layer.map(slot => portsOf(graph, rank, slot))
      for (let at = 0; at + 1 < layer.length; at++) {
        const [upper, lower] = [layer[at], layer[at + 1]]
        const [above, below] = [ports[at], ports[at + 1]]
        if (upper === undefined || lower === undefined || above === undefined || below === undefined) continue
        if (crossingsOf(below, above) >= crossingsOf(above, below)) continue
        layer[at] = lower
        layer[at + 1] = upper
        ports[at] = below
        ports[at + 1] = above
        improved = true
      }
      number(layer, rank)
    }
  }
}

function portsOf(graph: Threaded, rank: Float64Array, slot: number): Ports {
  const ascending = (a: number, b: number) => a - b
  return {
    left: (graph.arriving[slot] ?? []).map(segment => leftPort(rank, segment)).sort(ascending),
    right: (graph.leaving[slot] ?? []).map(segment => rightPort(rank, segment)).sort(ascending),
  }
}

/** Crossings between the edges of two slots of one layer when the first stands above the second. */
function crossingsOf(above: Ports, below: Ports): number {
  return inversions(above.left, below.left) + inversions(above.right, below.right)
}

/** How many pairs have the first list's number greater than the second's; both ascend. */
function inversions(first: readonly number[], second: readonly number[]): number {
  let pairs = 0
  let smaller = 0
  for (const value of first) {
    while (smaller < second.length && (second[smaller] ?? 0) < value) smaller++
    pairs += smaller
  }
  return pairs
}

/** Inversions between neighbouring layers, counted with a Fenwick tree. */
function countCrossings(graph: Threaded, layers: readonly (readonly number[])[], rank: Float64Array): number {
  let crossings = 0
  for (const layer of layers) {
    const segments = layer.flatMap(slot => graph.leaving[slot] ?? [])
    if (segments.length < 2) continue
    const ends = segments.map(segment => ({
      left: leftPort(rank, segment),
      right: rightPort(rank, segment),
    }))
    const rights = [...new Set(ends.map(end => end.right))].sort((a, b) => a - b)
    const indexOf = new Map(rights.map((right, index) => [right, index + 1]))
    ends.sort((a, b) => a.left - b.left || a.right - b.right)
    const tree = new Int32Array(rights.length + 1)
    let counted = 0
    for (let start = 0; start < ends.length;) {
      let end = start
      while (end < ends.length && ends[end]?.left === ends[start]?.left) end++
      for (let at = start; at < end; at++) {
        let below = 0
        for (let index = indexOf.get(ends[at]?.right ?? 0) ?? 0; index > 0; index -= index & -index)
          below += tree[index] ?? 0
        crossings += counted - below
      }
      for (let at = start; at < end; at++, counted++)
        for (let index = indexOf.get(ends[at]?.right ?? 0) ?? 1; index < tree.length; index += index & -index)
          tree[index] = (tree[index] ?? 0) + 1
      start = end
    }
  }
  return crossings
}
