import type { Arc } from './layers.ts'

/** A place in a layer: the first slots are the nodes by number, the rest hold a long edge's way through the layer. */
export interface Slot {
  readonly layer: number
  readonly height: number
  readonly isNode: boolean
}

/** A piece of an edge between neighbouring layers. */
export interface Segment {
  readonly from: number
  readonly to: number
  readonly fromOffset: number
  readonly toOffset: number
  /** How far down each end's side the piece is tied, from 0 to just under 1. */
  readonly fromShare: number
  readonly toShare: number
}

export interface Threaded {
  readonly slots: readonly Slot[]
  readonly layerCount: number
  readonly segments: readonly Segment[]
  /** By the slot on the right. */
  readonly arriving: readonly (readonly Segment[])[]
  /** By the slot on the left. */
  readonly leaving: readonly (readonly Segment[])[]
}

const passageHeight = 6

/**
 * Threads long edges through the layers between their ends, each pair of nodes on a way of its own: what crosses a shared
 * trunk would count once, and cross every line in it.
 */
export function threadLayers(
  nodes: readonly { readonly height: number }[],
  layerOf: readonly number[],
  arcs: readonly Arc[],
): Threaded {
  const slots: Slot[] = nodes.map((node, index) => ({ layer: layerOf[index] ?? 0, height: node.height, isNode: true }))
  const segments: Segment[] = []
  const connect = (from: number, to: number, fromOffset: number, toOffset: number) =>
    segments.push({
      from,
      to,
      fromOffset,
      toOffset,
      fromShare: share(fromOffset, slots[from]),
      toShare: share(toOffset, slots[to]),
    })
  const ways = new Map<number, number[]>()
  for (const arc of arcs) {
    const start = layerOf[arc.from] ?? 0
    const end = layerOf[arc.to] ?? 0
    const pair = arc.from * nodes.length + arc.to
    const way = ways.get(pair) ?? []
    ways.set(pair, way)
    for (let layer = start + 1 + way.length; layer < end; layer++) {
      const passage = slots.push({ layer, height: passageHeight, isNode: false }) - 1
      const before = way.at(-1)
      if (before === undefined) connect(arc.from, passage, arc.fromOffset, passageHeight / 2)
      else connect(before, passage, passageHeight / 2, passageHeight / 2)
      way.push(passage)
    }
    const last = end - start >= 2 ? way[end - start - 2] : undefined
    if (last === undefined) connect(arc.from, arc.to, arc.fromOffset, arc.toOffset)
    else connect(last, arc.to, passageHeight / 2, arc.toOffset)
  }
  const arriving = slots.map((): Segment[] => [])
  const leaving = slots.map((): Segment[] => [])
  for (const segment of segments) {
    arriving[segment.to]?.push(segment)
    leaving[segment.from]?.push(segment)
  }
  return { slots, layerCount: Math.max(...layerOf) + 1, segments, arriving, leaving }
}

function share(offset: number, slot: Slot | undefined): number {
  return (0.9 * offset) / Math.max(1, slot?.height ?? 1)
}
