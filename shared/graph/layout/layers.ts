/** An edge between nodes by number; offsets are pixels below the top of each end. */
export interface Arc {
  readonly from: number
  readonly to: number
  readonly fromOffset: number
  readonly toOffset: number
  readonly labelWidth: number
}

/** Turns round the arcs that close a cycle in a depth-first walk in node order, so that none is left. */
export function breakCycles(count: number, arcs: readonly Arc[]): readonly Arc[] {
  const leaving = arcsByEnd(count, arcs, 'from')
  const state = new Uint8Array(count)
  const turned = new Set<Arc>()
  for (let start = 0; start < count; start++) {
    if (state[start] !== 0) continue
    state[start] = 1
    const path = [{ node: start, next: 0 }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arc = leaving[top.node]?.[top.next++]
      if (arc === undefined) {
        state[top.node] = 2
        path.pop()
      } else if (state[arc.to] === 1) {
        turned.add(arc)
      } else if (state[arc.to] === 0) {
        state[arc.to] = 1
        path.push({ node: arc.to, next: 0 })
      }
    }
  }
  return arcs.map(arc => (turned.has(arc) ? turn(arc) : arc))
}

/**
 * The layer of each node: as far left as its sources allow, then drawn right towards its readers where that lengthens
 * no more arcs than it shortens (an image read only by the last stage stands beside it, not at the far left).
 */
export function assignLayers(count: number, arcs: readonly Arc[]): readonly number[] {
  const leaving = arcsByEnd(count, arcs, 'from')
  const arriving = arcsByEnd(count, arcs, 'to')
  const order = topologicalOrder(count, leaving, arriving)
  const layerOf = new Array<number>(count).fill(0)
  for (const node of order)
    for (const arc of leaving[node] ?? []) layerOf[arc.to] = Math.max(layerOf[arc.to] ?? 0, (layerOf[node] ?? 0) + 1)
  const backwards = [...order].reverse()
  for (let pass = 0; pass < 4; pass++) {
    for (const node of pass % 2 === 0 ? backwards : order) {
      const readers = leaving[node] ?? []
      const sources = arriving[node] ?? []
      if (readers.length > 0 && readers.length >= sources.length)
        layerOf[node] = Math.min(...readers.map(arc => (layerOf[arc.to] ?? 0) - 1))
      else if (sources.length > readers.length)
        layerOf[node] = Math.max(...sources.map(arc => (layerOf[arc.from] ?? 0) + 1))
    }
  }
  return withinCapacity(layerOf, order, arriving)
}

/**
 * Keeps layers from growing taller than a screen is wide: what does not fit stands in the nearest layer with room, to
 * the left where its sources allow, else to the right, and its readers follow.
 */
function withinCapacity(
  wanted: readonly number[],
  order: readonly number[],
  arriving: readonly (readonly Arc[])[],
): readonly number[] {
  const capacity = Math.max(10, Math.ceil(2 * Math.sqrt(wanted.length)))
  const first = Math.min(...wanted)
  const taken: number[] = []
  const layerOf = new Array<number>(wanted.length).fill(0)
  const reads = (node: number) => Number((arriving[node] ?? []).length > 0)
  // What reads from nothing comes last: it may stand farther left without moving anything.
  const byLayer = [...order].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || reads(b) - reads(a))
  for (const node of byLayer) {
    const earliest = Math.max(0, ...(arriving[node] ?? []).map(arc => (layerOf[arc.from] ?? 0) + 1))
    let layer = Math.max(earliest, (wanted[node] ?? 0) - first)
    const isFull = (at: number) => (taken[at] ?? 0) >= capacity
    while (layer > earliest && isFull(layer)) layer--
    while (isFull(layer)) layer++
    taken[layer] = (taken[layer] ?? 0) + 1
    layerOf[node] = layer
  }
  return layerOf
}

function turn(arc: Arc): Arc {
  return { from: arc.to, to: arc.from, fromOffset: arc.toOffset, toOffset: arc.fromOffset, labelWidth: 0 }
}

function arcsByEnd(count: number, arcs: readonly Arc[], end: 'from' | 'to'): readonly (readonly Arc[])[] {
  const lists = Array.from({ length: count }, (): Arc[] => [])
  for (const arc of arcs) lists[arc[end]]?.push(arc)
  return lists
}

function topologicalOrder(
  count: number,
  leaving: readonly (readonly Arc[])[],
  arriving: readonly (readonly Arc[])[],
): readonly number[] {
  const waiting = arriving.map(list => list.length)
  const order: number[] = []
  for (let node = 0; node < count; node++) if (waiting[node] === 0) order.push(node)
  for (let at = 0; at < order.length; at++) {
    for (const arc of leaving[order[at] ?? 0] ?? []) {
      const left = (waiting[arc.to] ?? 0) - 1
      waiting[arc.to] = left
      if (left === 0) order.push(arc.to)
    }
  }
  return order
}
