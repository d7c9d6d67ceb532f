import fc from 'fast-check'
import { expect, test } from 'vitest'
import { routeEdges, type Box } from '../../shared/drawing/edge-routing.ts'
import { cardsCrossed } from './paths.ts'

/** Space between any two cards; a line finds a way through from 16 on. */
const gap = 24

/** Cards wherever chance puts them, without overlaps: what lies too near to one before it is left out. */
const cards = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 1_600 }),
      y: fc.integer({ min: 0, max: 1_000 }),
      width: fc.constantFrom(96, 200, 264),
      height: fc.integer({ min: 36, max: 300 }),
    }),
    { minLength: 2, maxLength: 24 },
  )
  .map(places => {
    const boxes: Box[] = []
    for (const place of places) {
      const isApart = boxes.every(
        box =>
          place.x + place.width + gap <= box.x ||
          box.x + box.width + gap <= place.x ||
          place.y + place.height + gap <= box.y ||
          box.y + box.height + gap <= place.y,
      )
      if (isApart) boxes.push({ key: `card-${boxes.length}`, ...place })
    }
    return boxes
  })

test('wherever cards stand, no line runs through one that it does not touch', () => {
  fc.assert(
    fc.property(cards, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }), (boxes, pairs) => {
      const connections = pairs.flatMap(([from, to], index) => {
        const [source, target] = [boxes[from % boxes.length], boxes[to % boxes.length]]
        if (source === undefined || target === undefined || source === target) return []
        return [
          {
            id: `line-${index}`,
            from: source.key,
            to: target.key,
            fromOffset: 22,
            toOffset: 10 + ((index * 17) % (target.height - 10)),
            labelWidth: (index % 3) * 70,
          },
        ]
      })
      const routes = routeEdges(connections, boxes)
      expect(routes.size).toBe(connections.length)
      expect(cardsCrossed(connections, routes, boxes)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
