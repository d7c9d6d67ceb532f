import { rowGap, type Point } from '../graph/layout.ts'
import type { Card } from './card-model.ts'
import type { Box } from './edge-routing.ts'

/** `centre` and `middle` put centres in one column or row; `across` and `down` make the gaps in a row or column equal. */
export type Arrangement = 'left' | 'centre' | 'top' | 'middle' | 'across' | 'down'

/** Where the boxes go, within the space that they take together. */
export function arranged(boxes: readonly Box[], how: Arrangement): ReadonlyMap<string, Point> {
  const { x, y, right, bottom } = spaceOf(boxes)
  const each = (move: (box: Box) => Partial<Point>) =>
    new Map(boxes.map(box => [box.key, { x: box.x, y: box.y, ...move(box) }]))
  switch (how) {
    case 'left':
      return each(() => ({ x }))
    case 'centre':
      return each(({ width }) => ({ x: (x + right - width) / 2 }))
    case 'top':
      return each(() => ({ y }))
    case 'middle':
      return each(({ height }) => ({ y: (y + bottom - height) / 2 }))
    case 'across':
      return spread(boxes, 'x', 'width', right - x)
    case 'down':
      return spread(boxes, 'y', 'height', bottom - y)
  }
}

function spread(
  boxes: readonly Box[],
  axis: 'x' | 'y',
  side: 'width' | 'height',
  room: number,
): ReadonlyMap<string, Point> {
  const ordered = boxes.toSorted((a, b) => a[axis] - b[axis])
  // Whole pixels: places are kept in them, and rounded ones would make the gaps differ.
  const gap = Math.floor((room - boxes.reduce((sum, box) => sum + box[side], 0)) / Math.max(1, boxes.length - 1))
  let next = ordered[0]?.[axis] ?? 0
  return new Map(
    ordered.map(box => {
      const at = { x: box.x, y: box.y, [axis]: next }
      next += box[side] + gap
      return [box.key, at]
    }),
  )
}

interface Tidying {
  readonly cards: readonly Card[]
  readonly positions: ReadonlyMap<string, Point>
  /** Where a layout of them alone puts the cards that may be moved. */
  readonly fresh: ReadonlyMap<string, Point>
}

/**
 * Where the cards go that were laid out anew. Where others stand still, they begin where they began before, and give way
 * downwards to what stands still.
 */
export function tidied({ cards, positions, fresh }: Tidying): ReadonlyMap<string, Point> {
  const free = cards.filter(card => fresh.has(card.key))
  const still = cards.filter(card => !fresh.has(card.key)).map(card => boxOf(card, positions))
  if (still.length === 0) return fresh
  const [before, after] = [positions, fresh].map(places => spaceOf(free.map(card => boxOf(card, places))))
  const shift = { x: (before?.x ?? 0) - (after?.x ?? 0), y: (before?.y ?? 0) - (after?.y ?? 0) }
  const boxes = free.map(card => boxOf(card, fresh)).toSorted((a, b) => a.y - b.y)
  const settled = [...still]
  return new Map(
    boxes.map(box => {
      const moved = { ...box, x: box.x + shift.x, y: box.y + shift.y }
      for (let on = hit(moved, settled); on !== undefined; on = hit(moved, settled)) moved.y = on.y + on.height + rowGap
      settled.push(moved)
      return [box.key, { x: moved.x, y: moved.y }]
    }),
  )
}

function hit(box: Box, others: readonly Box[]): Box | undefined {
  return others.find(
    other =>
      box.x < other.x + other.width &&
      other.x < box.x + box.width &&
      box.y < other.y + other.height &&
      other.y < box.y + box.height,
  )
}

export function boxOf({ key, width, height }: Card, positions: ReadonlyMap<string, Point>): Box {
  const { x, y } = positions.get(key) ?? { x: 0, y: 0 }
  return { key, x, y, width, height }
}

function spaceOf(boxes: readonly Box[]): Point & { readonly right: number; readonly bottom: number } {
  return {
    x: Math.min(...boxes.map(box => box.x)),
    y: Math.min(...boxes.map(box => box.y)),
    right: Math.max(...boxes.map(box => box.x + box.width)),
    bottom: Math.max(...boxes.map(box => box.y + box.height)),
  }
}
