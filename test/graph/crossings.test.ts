import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layout } from '../../shared/graph/layout.ts'
import { crossings, fileShape, randomShape, withDagre, withDot, type Shape } from './yardsticks.ts'

const corpus = join(process.env['SLIPWAY_SHARED'] ?? '', 'corpus/files')
const graphviz = await Graphviz.load()

/** With its thirteen platforms split over two columns, three lines cross where dot's one column has two. */
const more = '138f935829021f0c'

function counts(shape: Shape) {
  const own = crossings(shape, layout(shape.nodes, shape.edges))
  const dot = crossings(shape, withDot(graphviz, shape))
  const dagre = crossings(shape, withDagre(shape))
  return { shape: shape.name, own, dot, dagre, isGood: own <= dagre && own <= 1.25 * dot }
}

describe('edges cross at most as often as in dagre’s layout, and at most 1.25 times as often as in dot’s', () => {
  test.each([1.1, 1.3, 1.6])('in 260 random nodes that read from %d others', sources => {
    expect(counts(randomShape('random', 260, sources))).toMatchObject({ isGood: true })
  })

  test.skipIf(process.env['SLIPWAY_SHARED'] === undefined)(
    'in every real file of 10 to 127 stages but one',
    () => {
      const paths = readdirSync(corpus).map(name => join(corpus, name))
      const large = paths.filter(path => (readFileSync(path, 'utf8').match(/^\s*from\s/gim) ?? []).length >= 10)
      expect(large.length).toBeGreaterThan(60)
      const worse = large.map(path => counts(fileShape(path, path))).filter(({ isGood }) => !isGood)
      expect(worse).toEqual([
        { shape: expect.stringContaining(more) as string, own: 3, dot: 2, dagre: 15, isGood: false },
      ])
    },
    120_000,
  )
})
