import { layout, rowGap, type LayoutEdge, type Point } from '../graph/layout.ts'
import type { Card } from './card-model.ts'
import type { GraphModel } from './graph-model.ts'

const smallestGap = 12

/** Finds a place for every card. It remembers where it put cards, so that an edit moves none that was there before. */
export interface Placer {
  readonly place: (model: GraphModel, kept: ReadonlyMap<string, Point>) => ReadonlyMap<string, Point>
}

export function createPlacer(): Placer {
  let remembered: ReadonlyMap<string, Point> = new Map()
  return {
    place(model, kept) {
      const edges: readonly LayoutEdge[] = model.edges
      const positions = layout(model.cards, edges, new Map([...remembered, ...kept]))
      remembered = new Map([...remembered, ...[...positions].filter(([key]) => !kept.has(key))])
      return makeRoom(model.cards, positions)
    },
  }
}

/**
 * Pushes cards down that a card above has grown into, by no more than is needed. Nothing is remembered of it: when the
 * card shrinks again, the others are back where they were.
 */
function makeRoom(cards: readonly Card[], positions: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const boxes = cards.map(card => ({ card, at: positions.get(card.key) ?? { x: 0, y: 0 } }))
  boxes.sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x)
  const settled: { readonly card: Card; readonly at: Point }[] = []
  for (const { card, at } of boxes) {
    let y = at.y
    for (const above of settled) {
      const sideBySide = above.at.x + above.card.width <= at.x || at.x + card.width <= above.at.x
      const bottom = above.at.y + above.card.height
      if (!sideBySide && y < bottom + smallestGap && y + card.height > above.at.y) y = bottom + rowGap / 2
    }
    settled.push({ card, at: y === at.y ? at : { x: at.x, y } })
  }
  return new Map(settled.map(({ card, at }) => [card.key, at]))
}
