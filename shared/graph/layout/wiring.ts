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
  const left = sideOf(slots.length, segments, 'to', leftPorts.port, 'from', rightPorts.port)
  const right = sideOf(slots.length, segments, 'from', rightPorts.port, 'to', leftPorts.port)
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

/** Numbers the places at which segments touch one side of each slot; a slot that nothing touches has one all the same. */
function portsBySlot(
  count: number,
  segments: readonly Segment[],
  end: 'from' | 'to',
  share: 'fromShare' | 'toShare',
): { readonly port: Int32Array; readonly count: Int32Array } {
  const port = new Int32Array(segments.length)
  const counts = new Int32Array(count).fill(1)
  const order = segments.map((_, index) => index)
  order.sort(
    (a, b) =>
      (segments[a]?.[end] ?? 0) - (segments[b]?.[end] ?? 0) ||
      (segments[a]?.[share] ?? 0) - (segments[b]?.[share] ?? 0),
  )
  order.forEach((index, at) => {
    const [segment, before] = [segments[index], segments[order[at - 1] ?? -1]]
    if (segment === undefined || before?.[end] !== segment[end]) return
    const previous = port[order[at - 1] ?? 0] ?? 0
    port[index] = before[share] === segment[share] ? previous : previous + 1
    counts[segment[end]] = (port[index] ?? 0) + 1
  })
  return { port, count: counts }
}

function sideOf(
  count: number,
  segments: readonly Segment[],
  near: 'from' | 'to',
  nearPorts: Int32Array,
  far: 'from' | 'to',
  farPorts: Int32Array,
): Side {
  const start = new Int32Array(count + 1)
  for (const segment of segments) start[segment[near] + 1] = (start[segment[near] + 1] ?? 0) + 1
  for (let slot = 0; slot < count; slot++) start[slot + 1] = (start[slot + 1] ?? 0) + (start[slot] ?? 0)
  const order = segments.map((_, index) => index)
  order.sort(
    (a, b) => (segments[a]?.[near] ?? 0) - (segments[b]?.[near] ?? 0) || (nearPorts[a] ?? 0) - (nearPorts[b] ?? 0),
  )
  return {
    start,
    slot: Int32Array.from(order, index => segments[index]?.[far] ?? 0),
    farPort: Int32Array.from(order, index => farPorts[index] ?? 0),
    nearPort: Int32Array.from(order, index => nearPorts[index] ?? 0),
  }
}
