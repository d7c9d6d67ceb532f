import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { routeEdges, type Box } from '../../shared/drawing/edge-routing.ts'
import { graphModel } from '../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { cardsCrossed } from './paths.ts'

const corpus = process.env['SLIPWAY_SHARED']

/** Ten real files of 10 to 127 stages. */
const files = [
  'b3b85664e7a1f37a',
  '86e78c0e436caa3d',
  'bef0cbadbbfd102f',
  'a21ee683b71acb3a',
  'f5a4388f7f083046',
  '4f966b7a99fcada9',
  '66772b26ab460fea',
  '216b07b556aac456',
  '99185a6086eee14c',
  '7cd79a780f39ec64',
]

function drawn(id: string, move: (at: Point, index: number) => Point = at => at) {
  const analysis = analyze(readFileSync(join(corpus ?? '', 'corpus/files', `${id}.Dockerfile`), 'utf8'))
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const model = graphModel(analysis, view)
  const first = createPlacer().place(model, new Map())
  const moved = new Map([...first].map(([key, at], index) => [key, move(at, index)]))
  const positions = createPlacer().place(model, moved)
  const boxes = model.cards.map(({ key, width, height }): Box => {
    const { x, y } = positions.get(key) ?? { x: NaN, y: NaN }
    return { key, x, y, width, height }
  })
  return { model, boxes }
}

function overlaps(boxes: readonly Box[]): readonly string[] {
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap(b => {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      return apart ? [] : [`${a.key} and ${b.key}`]
    }),
  )
}

describe.skipIf(corpus === undefined)('real files, as the canvas draws them', () => {
  test.each(files)('%s: no card lies on another, and no line runs through a card that it does not touch', id => {
    const { model, boxes } = drawn(id)
    expect(overlaps(boxes)).toEqual([])
    const routes = routeEdges(model.edges, boxes)
    expect(cardsCrossed(model.edges, routes, boxes)).toEqual([])
  })

  test.each(files)('%s: nor where every fourth card was moved by hand', id => {
    const { model, boxes } = drawn(id, ({ x, y }, index) =>
      index % 4 === 0 ? { x: x + 90 - (index % 3) * 120, y: y + (index % 5) * 40 } : { x, y },
    )
    expect(cardsCrossed(model.edges, routeEdges(model.edges, boxes), boxes)).toEqual([])
  })
})
