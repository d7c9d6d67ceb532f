import type { Segment, Threaded } from './slots.ts'

/** The segments on one side of every slot, in one row: those of slot `s` stand from `start[s]` to `start[s + 1]`. */
export interface Side {
  readonly start: Int32Array
  /** The slot at the other end. */
  readonly slot: Int32Array
  /** Which of the other slot's ports, counted from above, the segment is tied to there, and which of its own here. */
  readonly farPort: Int32Array
  readonly nearPort: Int32Array
}

/** Segments by number, for loops that run often. Ports of a layer are numbered from above as its slots are. */
export interface Wiring {
  readonly left: Side
  readonly right: Side
  readonly rank: Int32Array
  /** Number of a slot's first port on its left side and on its right. */
  readonly firstLeft: Int32Array
  readonly firstRight: Int32Array
  /** Scratch space by slot. */
  readonly weights: Float64Array
  /** Numbers the slots and ports of a layer in their order. */
  readonly number: (layer: readonly number[]) => void
  /** Number of the port, in its own layer, at the far end of a segment. */
  readonly port: (side: Side, at: number) => number
}

export function indexSegments({ slots, segments }: Threaded): Wiring {
  const leftPorts = portsBySlot(slots.length, segments, 'to', 'toShare')
  const rightPorts = portsBySlot(slots.length, segments, 'from', 'fromShare')
  const left = sideOf(segments, leftPorts, 'from', rightPorts)
  const right = sideOf(segments, rightPorts, 'to', leftPorts)
  const rank = new Int32Array(slots.length)
  const firstLeft = new Int32Array(slots.length)
  const firstRight = new Int32Array(slots.length)
  return {
    left,
    right,
    rank,
    firstLeft,
    firstRight,
    weights: new Float64Array(slots.length),
    number(layer) {
      let [leftCount, rightCount] = [0, 0]
      layer.forEach((slot, at) => {
        rank[slot] = at
        firstLeft[slot] = leftCount
        firstRight[slot] = rightCount
        leftCount += leftPorts.count[slot] ?? 0
        rightCount += rightPorts.count[slot] ?? 0
      })
    },
    port(side, at) {
      const first = side === left ? firstRight : firstLeft
      return (first[side.slot[at] ?? 0] ?? 0) + (side.farPort[at] ?? 0)
    },
  }
}

interface Ports {
  /** Segments by slot, and from above within each: those of slot `s` stand from `start[s]` to `start[s + 1]`. */
  readonly order: Int32Array
  readonly start: Int32Array
  /** By segment. */
  readonly port: Int32Array
  /** By slot. */
  readonly count: Int32Array
}

/** Numbers the places at which segments touch one side of each slot; a slot that nothing touches has one all the same. */
function portsBySlot(
  slotCount: number,
  segments: readonly Segment[],
  end: 'from' | 'to',
  share: 'fromShare' | 'toShare',
): Ports {
  const shareOf = Float64Array.from(segments, segment => segment[share])
  const start = new Int32Array(slotCount + 1)
  for (const segment of segments) start[segment[end] + 1] = (start[segment[end] + 1] ?? 0) + 1
  for (let slot = 0; slot < slotCount; slot++) start[slot + 1] = (start[slot + 1] ?? 0) + (start[slot] ?? 0)
  const order = new Int32Array(segments.length)
  const next = start.slice()
  segments.forEach((segment, index) => {
    const slot = segment[end]
    let at = next[slot] ?? 0
    next[slot] = at + 1
    for (; at > (start[slot] ?? 0) && (shareOf[order[at - 1] ?? 0] ?? 0) > (shareOf[index] ?? 0); at--)
      order[at] = order[at - 1] ?? 0
    order[at] = index
  })
  const port = new Int32Array(segments.length)
  const count = new Int32Array(slotCount).fill(1)
  for (let slot = 0; slot < slotCount; slot++)
    for (let at = (start[slot] ?? 0) + 1; at < (start[slot + 1] ?? 0); at++) {
      const [before, index] = [order[at - 1] ?? 0, order[at] ?? 0]
      const number = (port[before] ?? 0) + (shareOf[before] === shareOf[index] ? 0 : 1)
      port[index] = number
      count[slot] = number + 1
    }
  return { order, start, port, count }
}

function sideOf(segments: readonly Segment[], near: Ports, far: 'from' | 'to', farPorts: Ports): Side {
  return {
    start: near.start,
    slot: near.order.map(index => segments[index]?.[far] ?? 0),
    farPort: near.order.map(index => farPorts.port[index] ?? 0),
    nearPort: near.order.map(index => near.port[index] ?? 0),
  }
}
