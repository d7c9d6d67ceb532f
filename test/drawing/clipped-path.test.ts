import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clippedPath } from '../../shared/drawing/clipped-path.ts'
import { curve, pathOf, rounded } from '../../shared/drawing/edge-path.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { pointsAlong } from './paths.ts'

const area = { x: 0, y: 0, width: 1_000, height: 800 }
const point = fc.record({ x: fc.integer({ min: -2_000, max: 3_000 }), y: fc.integer({ min: -6_000, max: 6_000 }) })
const ways = fc.array(point, { minLength: 2, maxLength: 6 })
/** Curves run from left to right; straight stretches go anywhere. */
const paths = fc.oneof(
  ways.map(way => pathOf(curve(way.toSorted((a, b) => a.x - b.x)))),
  ways.map(way => pathOf(rounded(way))),
)

const isInArea = ({ x, y }: Point) => x >= 0 && x <= area.width && y >= 0 && y <= area.height
const squareOf = ({ x, y }: Point) => `${Math.round(x / 16)} ${Math.round(y / 16)}`
/** The squares of a grid that points lie in or next to. */
const around = (points: readonly Point[]) =>
  new Set(
    points.flatMap(({ x, y }) =>
      [-8, 0, 8].flatMap(by =>
        [
          { x: x + by, y },
          { x, y: y + by },
        ].map(squareOf),
      ),
    ),
  )

test('of a path all is kept that is seen in an area, and nothing is added', () => {
  fc.assert(
    fc.property(paths, path => {
      const [whole, part] = [pointsAlong(path), pointsAlong(clippedPath(path, area))]
      const kept = around(part)
      expect(whole.filter(isInArea).filter(each => !kept.has(squareOf(each)))).toEqual([])
      const known = around(whole)
      expect(part.filter(each => !known.has(squareOf(each)))).toEqual([])
    }),
  )
})

test('a line that passes an area by is gone, and a long one is cut to what is near', () => {
  expect(clippedPath('M-50,-9000 L-50,9000', area)).toBe('')
  expect(clippedPath('M10,10 L20,10', area)).toBe('M10,10 L20,10')
  expect(clippedPath('M50,-32000 L50,32000', area)).toBe('M50,-1000 L50,1000')
})
