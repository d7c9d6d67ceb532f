import { countCrossings, switchNeighbours } from './crossings.ts'
import { indexSegments, type Wiring } from './wiring.ts'
import type { Threaded } from './slots.ts'

/** Sweeps without a better order after which a start is given up. */
const patience = 3
/** Segments looked at in all sweeps together: small graphs are tried longer than large ones. */
const effort = 200_000

/**
 * Orders the slots of each layer so that few edges cross: barycentre sweeps to and fro, each followed by switching
 * neighbours while that helps, from a start on one side; the best order met is kept. Where an edge leaves and arrives
 * on a node counts too.
 */
export function orderLayers(graph: Threaded, startRight: boolean): readonly (readonly number[])[] {
  const wiring = indexSegments(graph)
  const most = Math.max(4, Math.min(16, Math.floor(effort / (1 + graph.segments.length))))
  let best: readonly (readonly number[])[] = []
  let fewest = Infinity
  const keep = (layers: readonly (readonly number[])[]): boolean => {
    const crossings = countCrossings(wiring, layers)
    if (crossings >= fewest) return false
    fewest = crossings
    best = layers.map(layer => [...layer])
    return true
  }
  const layers = firstOrder(graph, wiring, startRight)
  for (const layer of layers) wiring.number(layer)
  keep(layers)
  for (let sweep = 0, waited = 0; sweep < most && waited < patience && fewest > 0; sweep++) {
    const toRight = (sweep % 2 === 0) !== startRight
    for (let step = 1; step < layers.length; step++) {
      const layer = layers[toRight ? step : layers.length - 1 - step]
      if (layer !== undefined) sortByBarycentre(wiring, layer, toRight, sweep % 4 > 1)
    }
    switchNeighbours(wiring, layers)
    waited = keep(layers) ? 0 : waited + 1
  }
  return best
}

/** Depth first from one side, in node order: connected things start out together. */
function firstOrder(graph: Threaded, wiring: Wiring, fromRight: boolean): number[][] {
  const layers = Array.from({ length: graph.layerCount }, (): number[] => [])
  const seen = new Uint8Array(graph.slots.length)
  const [ahead, behind] = fromRight ? [wiring.left, wiring.right] : [wiring.right, wiring.left]
  const visit = (first: number) => {
    const stack = [first]
    for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
      if (seen[slot] === 1) continue
      seen[slot] = 1
      layers[graph.slots[slot]?.layer ?? 0]?.push(slot)
      for (let at = (ahead.start[slot + 1] ?? 0) - 1; at >= (ahead.start[slot] ?? 0); at--)
        stack.push(ahead.slot[at] ?? 0)
    }
  }
  graph.slots.forEach((_, slot) => {
    if (behind.start[slot] === behind.start[slot + 1]) visit(slot)
  })
  return layers
}

/** Slots without an edge on that side keep their places; the others are sorted around them. */
function sortByBarycentre(wiring: Wiring, layer: number[], toRight: boolean, turnTies: boolean): void {
  const side = toRight ? wiring.left : wiring.right
  const weights = wiring.weights
  for (const slot of layer) {
    const [start, end] = [side.start[slot] ?? 0, side.start[slot + 1] ?? 0]
    let sum = 0
    for (let at = start; at < end; at++) sum += wiring.port(side, at)
    weights[slot] = start === end ? -1 : sum / (end - start)
  }
  const rank = wiring.rank
  const moving = layer.filter(slot => (weights[slot] ?? 0) >= 0)
  moving.sort((a, b) => {
    const apart = (weights[a] ?? 0) - (weights[b] ?? 0)
    return apart !== 0 ? apart : ((rank[a] ?? 0) - (rank[b] ?? 0)) * (turnTies ? -1 : 1)
  })
  let next = 0
  layer.forEach((slot, at) => {
    if ((weights[slot] ?? 0) >= 0) layer[at] = moving[next++] ?? slot
  })
  wiring.number(layer)
}
