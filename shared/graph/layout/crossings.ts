import type { Side, Wiring } from './wiring.ts'

/** Rounds of switching neighbours after each sweep. */
const rounds = 5

/** Switches neighbours wherever that leaves fewer crossings. */
export function switchNeighbours(wiring: Wiring, layers: readonly number[][]): void {
  const ports = { left: sortedPorts(wiring.left), right: sortedPorts(wiring.right) }
  const gain = (upper: number, lower: number): number =>
    inversions(ports.left, wiring.left, upper, lower) +
    inversions(ports.right, wiring.right, upper, lower) -
    inversions(ports.left, wiring.left, lower, upper) -
    inversions(ports.right, wiring.right, lower, upper)
  // Where nothing changed in a layer and beside it since it was looked at, nothing is to be gained.
  const isDue = new Uint8Array(layers.length + 1).fill(1)
  for (let round = 0, improved = true; improved && round < rounds; round++) {
    improved = false
    for (const [index, layer] of layers.entries()) {
      if (layer.length < 2 || isDue[index] === 0) continue
      isDue[index] = 0
      // The ports lie in the neighbouring layers: switching within this one does not move them.
      for (const slot of layer) {
        sortPorts(wiring, wiring.left, ports.left, slot)
        sortPorts(wiring, wiring.right, ports.right, slot)
      }
      let changed = false
      for (let at = 0; at + 1 < layer.length; at++) {
        const [upper, lower] = [layer[at] ?? 0, layer[at + 1] ?? 0]
        const fewer = gain(upper, lower)
        if (fewer <= 0) continue
        layer[at] = lower
        layer[at + 1] = upper
        changed = true
      }
      if (!changed) continue
      wiring.number(layer)
      isDue.fill(1, Math.max(0, index - 1), index + 2)
      improved = true
    }
  }
}

function sortedPorts(side: Side): Int32Array {
  return new Int32Array(side.slot.length)
}

/** Far ends of a slot's segments, from above. Most slots have one or two: insertion is quickest. */
function sortPorts(wiring: Wiring, side: Side, ports: Int32Array, slot: number): void {
  const [start, end] = [side.start[slot] ?? 0, side.start[slot + 1] ?? 0]
  for (let at = start; at < end; at++) {
    const port = wiring.port(side, at)
    let place = at
    for (; place > start && (ports[place - 1] ?? 0) > port; place--) ports[place] = ports[place - 1] ?? 0
    ports[place] = port
  }
}

/** Crossings between the segments of two slots on one side when the first stands above the second. */
function inversions(ports: Int32Array, side: Side, above: number, below: number): number {
  const end = side.start[above + 1] ?? 0
  const [first, last] = [side.start[below] ?? 0, side.start[below + 1] ?? 0]
  let pairs = 0
  let smaller = first
  for (let at = side.start[above] ?? 0; at < end; at++) {
    const port = ports[at] ?? 0
    while (smaller < last && (ports[smaller] ?? 0) < port) smaller++
    pairs += smaller - first
  }
  return pairs
}

/** Inversions between neighbouring layers, counted with a Fenwick tree over the ports of the layer on the right. */
export function countCrossings(wiring: Wiring, layers: readonly (readonly number[])[]): number {
  const { right } = wiring
  const tree = new Int32Array(right.slot.length + wiring.rank.length + 2)
  /** By segment: its port in the layer on the right, counted from 1. */
  const place = new Int32Array(right.slot.length)
  let crossings = 0
  for (const layer of layers) {
    let last = 0
    for (const slot of layer)
      for (let at = right.start[slot] ?? 0; at < (right.start[slot + 1] ?? 0); at++)
        last = Math.max(last, (place[at] = wiring.port(right, at) + 1))
    tree.fill(0, 0, last + 1)
    let counted = 0
    for (const slot of layer) {
      const end = right.start[slot + 1] ?? 0
      for (let start = right.start[slot] ?? 0, stop = start; start < end; start = stop) {
        // Segments that leave from one port do not cross each other.
        while (stop < end && right.nearPort[stop] === right.nearPort[start]) stop++
        for (let at = start; at < stop; at++) {
          let above = 0
          for (let index = place[at] ?? 0; index > 0; index -= index & -index) above += tree[index] ?? 0
          crossings += counted - above
        }
        for (let at = start; at < stop; at++, counted++)
          for (let index = place[at] ?? 0; index <= last; index += index & -index) tree[index] = (tree[index] ?? 0) + 1
      }
    }
  }
  return crossings
}
