import { layout, rowGap, type LayoutEdge, type LayoutNode, type Point } from '../graph/layout.ts'
import type { Box } from './edge-routing.ts'

const smallestGap = 12

/** What is to be placed: cards, and the lines between them. */
export interface Placeable {
  readonly cards: readonly LayoutNode[]
  readonly edges: readonly LayoutEdge[]
}

/** Finds a place for every card. It remembers where it put cards, so that an edit moves none that was there before. */
export interface Placer {
  readonly place: (model: Placeable, kept: ReadonlyMap<string, Point>) => ReadonlyMap<string, Point>
  /** Where cards stand that `place` would not move: those remembered and those kept. */
  readonly known: (kept: ReadonlyMap<string, Point>) => ReadonlyMap<string, Point>
  /** Takes over what another laid out, as if it had been found here. */
  readonly learn: (positions: ReadonlyMap<string, Point>) => void
}

export function createPlacer(): Placer {
  let remembered: ReadonlyMap<string, Point> = new Map()
  const known = (kept: ReadonlyMap<string, Point>) => new Map([...remembered, ...kept])
  return {
    known,
    place(model, kept) {
      const positions = layout(model.cards, model.edges, known(kept))
      remembered = new Map([...remembered, ...[...positions].filter(([key]) => !kept.has(key))])
      return makeRoom(model.cards, positions)
    },
    learn(positions) {
      remembered = new Map([...remembered, ...positions])
    },
  }
}

/**
 * Pushes cards down that a card above has grown into, by no more than is needed. Nothing is remembered of it: when the
 * card shrinks again, the others are back where they were.
 */
export function makeRoom(
  cards: readonly LayoutNode[],
  positions: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const boxes = cards.map(({ key, width, height }) => {
    const { x, y } = positions.get(key) ?? { x: 0, y: 0 }
    return { key, width, height, x, y }
  })
  const pushed = new Map<string, Point>()
  for (const column of columnsOf(boxes)) {
    column.sort((a, b) => a.y - b.y || a.x - b.x)
    const settled: Box[] = []
    for (const box of column) {
      let { y } = box
      for (const above of settled) {
        const sideBySide = above.x + above.width <= box.x || box.x + box.width <= above.x
        const bottom = above.y + above.height
        if (!sideBySide && y < bottom + smallestGap && y + box.height > above.y) y = bottom + rowGap / 2
      }
      settled.push(y === box.y ? box : { ...box, y })
      if (y !== box.y) pushed.set(box.key, { x: box.x, y })
    }
  }
  return new Map(boxes.map(({ key, x, y }) => [key, pushed.get(key) ?? positions.get(key) ?? { x, y }]))
}

/** Boxes that stand beside all others, whatever their heights, cannot be in each other's way. */
function columnsOf(boxes: readonly Box[]): readonly Box[][] {
  const columns: Box[][] = []
  let right = -Infinity
  for (const box of boxes.toSorted((a, b) => a.x - b.x)) {
    if (box.x >= right) columns.push([])
    columns.at(-1)?.push(box)
    right = Math.max(right, box.x + box.width)
  }
  return columns
}
