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

/** What a placer would have found. */
export interface PlacesFound {
  /** Of the cards that had none. */
  readonly positions: ReadonlyMap<string, Point>
  readonly boxes: readonly Box[]
}

/** What a router would have found. */
export interface WaysFound {
  readonly routes: ReadonlyMap<string, Route>
}

export type LayoutFound = PlacesFound & WaysFound

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

/** Lays out and routes all of it; tells the places before the ways between them are found. */
export function layOut({ cards, edges, known }: LayoutTask, tell?: (found: PlacesFound) => void): LayoutFound {
  const positions = layout(cards, edges, known)
  const places = makeRoom(cards, positions)
  const boxes = cards.map(card => ({ ...card, ...(places.get(card.key) ?? { x: 0, y: 0 }) }))
  const found = { positions: new Map([...positions].filter(([key]) => !known.has(key))), boxes }
  tell?.(found)
  return { ...found, routes: routeEdges(edges, boxes) }
}
