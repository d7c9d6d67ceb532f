import { layout, type LayoutNode, type Point } from '../graph/layout.ts'
import { routeEdges, type Box, type Connection, type Route } from './edge-routing.ts'
import type { GraphModel } from './graph-model.ts'
import { makeRoom } from './placer.ts'

/** A graph with what is known of it, as plain data that can be sent to another thread. */
export interface LayoutTask {
  readonly cards: readonly LayoutNode[]
  readonly edges: readonly Connection[]
  readonly known: ReadonlyMap<string, Point>
}

/** What a placer and a router would have found. */
export interface LayoutFound {
  /** Of the cards that had none. */
  readonly positions: ReadonlyMap<string, Point>
  readonly boxes: readonly Box[]
  readonly routes: ReadonlyMap<string, Route>
}

export function layoutTask(
  { cards, edges }: Pick<GraphModel, 'cards' | 'edges'>,
  known: ReadonlyMap<string, Point>,
): LayoutTask {
  return {
    cards: cards.map(({ key, width, height }) => ({ key, width, height })),
    edges: edges.map(({ id, from, to, fromOffset, toOffset, labelWidth }) => ({
      id,
      from,
      to,
      fromOffset,
      toOffset,
      labelWidth,
    })),
    known,
  }
}

/** Lays out and routes all of it. */
export function layOut({ cards, edges, known }: LayoutTask): LayoutFound {
  const positions = layout(cards, edges, known)
  const places = makeRoom(cards, positions)
  const boxes = cards.map(card => ({ ...card, ...(places.get(card.key) ?? { x: 0, y: 0 }) }))
  const fresh = new Map([...positions].filter(([key]) => !known.has(key)))
  return { positions: fresh, boxes, routes: routeEdges(edges, boxes) }
}
