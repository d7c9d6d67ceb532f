import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  areaOf,
  contains,
  firstViewport,
  hasMap,
  overlaps,
  zoomed,
  zoomLevel,
  type Rectangle,
} from '../../renderer/graph/viewport.ts'

const pane = { width: 768, height: 684 }
/** The small map with its distance to the edges, in the coordinates of the graph. */
const underMap = ({ x, y, width, height }: Rectangle) => {
  const [w, h] = [180 / 0.8, 124 / 0.8]
  return { x: x + width - w, y: y + height - h, width: w, height: h }
}
const row = (count: number, gap: number) =>
  Array.from({ length: count }, (_, at) => ({ x: at * (264 + gap), y: (at % 3) * 400, width: 264, height: 120 }))

test('a graph whose names can be read when all of it is shown is shown whole', () => {
  const cards = row(5, 50)
  const view = firstViewport(cards, pane, null)
  expect(view && zoomLevel(view.zoom)).toBe('middle')
  expect(view && contains(areaOf(view, pane), { x: 0, y: 0, width: 5 * 314 - 50, height: 920 })).toBe(true)
})

test('of a larger one the card that matters is in view, can be read, and is clear of the small map', () =>
  fc.assert(
    fc.property(fc.integer({ min: 12, max: 150 }), fc.nat(), (count, chosen) => {
      const cards = row(count, 80)
      const focus = cards[chosen % count]
      if (focus === undefined) return
      const view = firstViewport(cards, pane, focus)
      if (view === null) throw new Error('There are cards.')
      const area = areaOf(view, pane)
      expect(view.zoom).toBe(0.8)
      expect(contains(area, focus)).toBe(true)
      expect(hasMap(count, pane) && overlaps(underMap(area), focus)).toBe(false)
    }),
  ))

test('another zoom leaves the middle of the pane where it is', () => {
  const middle = ({ x, y, width, height }: Rectangle) => ({ x: x + width / 2, y: y + height / 2 })
  const view = { x: -300, y: 40, zoom: 0.5 }
  expect(middle(areaOf(zoomed(view, 1, pane), pane))).toEqual(middle(areaOf(view, pane)))
})
