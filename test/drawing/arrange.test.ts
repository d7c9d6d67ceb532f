import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arranged } from '../../shared/drawing/arrange.ts'
import { changedPlacement, movesTo } from '../../shared/drawing/placement.ts'
import { makeRoom } from '../../shared/drawing/placer.ts'

const boxes = fc
  .array(fc.record({ gap: fc.integer({ min: 12, max: 300 }), height: fc.integer({ min: 36, max: 400 }) }), {
    minLength: 3,
    maxLength: 8,
  })
  .map(column => {
    let y = 0
    return column.map(({ gap, height }, at) => {
      const box = { key: String(at), x: at * 7, y, width: 264, height }
      y += height + gap
      return box
    })
  })

test('gaps in a column are made equal to the pixel, and stay so when it is done again', () =>
  fc.assert(
    fc.property(boxes, column => {
      const spread = (each: typeof column) => {
        const places = arranged(each, 'down')
        return each.map(box => ({ ...box, ...places.get(box.key) }))
      }
      const once = spread(column)
      const gaps = once.slice(1).map((box, at) => box.y - (once[at]?.y ?? 0) - (once[at]?.height ?? 0))
      expect(new Set(gaps).size).toBe(1)
      expect(spread(once)).toEqual(once)
    }),
  ))

test('a card that another pushed to its place stays there when the other goes', () => {
  const cards = [
    { key: 'a', width: 264, height: 70 },
    { key: 'b', width: 264, height: 118 },
    { key: 'c', width: 264, height: 94 },
  ]
  const kept = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 0, y: 142 }],
    ['c', { x: 0, y: 260 }],
  ])
  const positions = makeRoom(cards, kept)
  expect(positions.get('c')).toEqual({ x: 0, y: 278 })
  const places = new Map([...positions, ['b', { x: 0, y: 115 }]] as const)
  const after = changedPlacement(kept, movesTo(places, positions, kept))
  expect(makeRoom(cards, after)).toEqual(places)
  expect(movesTo(positions, positions, kept).size).toBe(0)
})
