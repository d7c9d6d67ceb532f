import type { Rectangle } from './detour.ts'

/** Pixels of the canvas to each side of a cell: somewhat more than a card. */
const cell = 320

/** Finds cards by where they stand, at the cost of what stands there and not of all that there is. */
export class CardIndex<Card extends Rectangle> {
  readonly #cells = new Map<number, Map<number, Card[]>>()

  constructor(cards: readonly Card[]) {
    for (const card of cards)
      this.#visit(card, (column, row) => {
        const rows = this.#cells.get(column) ?? new Map<number, Card[]>()
        this.#cells.set(column, rows)
        const known = rows.get(row)
        if (known === undefined) rows.set(row, [card])
        else known.push(card)
      })
  }

  /** The cards that touch an area or lie in it, in no particular order. */
  within(area: Rectangle): ReadonlySet<Card> {
    const found = new Set<Card>()
    const [right, bottom] = [area.x + area.width, area.y + area.height]
    this.#visit(area, (column, row) => {
      for (const card of this.#cells.get(column)?.get(row) ?? [])
        if (card.x <= right && card.x + card.width >= area.x && card.y <= bottom && card.y + card.height >= area.y)
          found.add(card)
    })
    return found
  }

  #visit({ x, y, width, height }: Rectangle, act: (column: number, row: number) => void): void {
    const lastRow = Math.floor((y + height) / cell)
    for (let column = Math.floor(x / cell); column * cell <= x + width; column++)
      for (let row = Math.floor(y / cell); row <= lastRow; row++) act(column, row)
  }
}
