import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layout, type LayoutEdge, type LayoutNode, type Point } from '../../shared/graph/layout.ts'

const node = (key: string, height = 80, width = 240): LayoutNode => ({ key, width, height })
const edge = (from: string, to: string): LayoutEdge => ({ from, to })

function at(positions: ReadonlyMap<string, Point>, key: string): Point {
  const point = positions.get(key)
  if (point === undefined) throw new Error(`${key} was not placed`)
  return point
}

function overlapping(nodes: readonly LayoutNode[], positions: ReadonlyMap<string, Point>): readonly string[] {
  return nodes.flatMap((a, index) =>
    nodes.slice(index + 1).flatMap(b => {
      const [p, q] = [at(positions, a.key), at(positions, b.key)]
      const apart = p.x + a.width <= q.x || q.x + b.width <= p.x || p.y + a.height <= q.y || q.y + b.height <= p.y
      return apart ? [] : [`${a.key} and ${b.key}`]
    }),
  )
}

/** Graphs whose edges all lead from an earlier to a later node, as a valid Dockerfile's do. */
const forwardGraph = fc
  .array(fc.record({ height: fc.integer({ min: 30, max: 400 }), sources: fc.array(fc.nat(), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map(shapes => ({
    nodes: shapes.map((shape, index) => node(`n${index}`, shape.height)),
    edges: shapes.flatMap((shape, index) =>
      index === 0 ? [] : shape.sources.map(source => edge(`n${source % index}`, `n${index}`)),
    ),
  }))

const anyGraph = fc
  .record({ count: fc.integer({ min: 1, max: 25 }), pairs: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }) })
  .map(({ count, pairs }) => ({
    nodes: Array.from({ length: count }, (_, index) => node(`n${index}`, 40 + ((index * 37) % 200))),
    edges: pairs.map(([from, to]) => edge(`n${from % count}`, `n${to % count}`)),
  }))

describe('a new layout', () => {
  test('puts a chain of stages on one line, from left to right', () => {
    const positions = layout([node('a'), node('b'), node('c')], [edge('a', 'b'), edge('b', 'c')])
    expect(at(positions, 'a').y).toBe(at(positions, 'c').y)
    expect(at(positions, 'a').x).toBeLessThan(at(positions, 'b').x)
    expect(at(positions, 'b').x).toBeLessThan(at(positions, 'c').x)
  })

  test('leads every edge to the right and lets no two nodes overlap', () => {
    fc.assert(
      fc.property(forwardGraph, ({ nodes, edges }) => {
        const positions = layout(nodes, edges)
        expect(overlapping(nodes, positions)).toEqual([])
        for (const { from, to } of edges) expect(at(positions, from).x + 240).toBeLessThan(at(positions, to).x)
      }),
    )
  })

  test('places every node of a graph with cycles and self loops without overlaps', () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges }) => {
        const positions = layout(nodes, edges)
        expect(positions.size).toBe(nodes.length)
        expect(overlapping(nodes, positions)).toEqual([])
      }),
    )
  })

  test('is the same every time', () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges }) => {
        expect([...layout(nodes, edges)]).toEqual([...layout(nodes, edges)])
      }),
    )
  })

  test('draws a source that only the last stage reads beside that stage', () => {
    const positions = layout(
      [node('a'), node('b'), node('c'), node('certificates')],
      [edge('a', 'b'), edge('b', 'c'), edge('certificates', 'c')],
    )
    expect(at(positions, 'certificates').x).toBe(at(positions, 'b').x)
  })

  test('uncrosses two pairs', () => {
    const positions = layout(
      [node('a'), node('b'), node('c'), node('d'), node('end')],
      [edge('a', 'd'), edge('b', 'c'), edge('c', 'end'), edge('d', 'end')],
    )
    expect(at(positions, 'a').y < at(positions, 'b').y).toBe(at(positions, 'd').y < at(positions, 'c').y)
  })

  test('leaves room for a label before the node it points at', () => {
    const positions = layout([node('a'), node('b')], [{ from: 'a', to: 'b', labelWidth: 140 }])
    expect(at(positions, 'b').x - at(positions, 'a').x - 240).toBeGreaterThan(180)
  })
})

describe('placing new nodes among fixed ones', () => {
  test('never moves what is fixed, and overlaps nothing that was not overlapping', () => {
    fc.assert(
      fc.property(forwardGraph, fc.nat({ max: 6 }), ({ nodes, edges }, keepEvery) => {
        const first = layout(nodes, edges)
        const kept = new Map([...first].filter((_, index) => index % (keepEvery + 2) === 0))
        const second = layout(nodes, edges, kept)
        for (const [key, point] of kept) expect(second.get(key)).toEqual(point)
        expect(overlapping(nodes, second)).toEqual([])
      }),
    )
  })

  test('puts a new reader to the right of its source and level with it', () => {
    const positions = layout([node('a'), node('b')], [edge('a', 'b')], new Map([['a', { x: 300, y: 120 }]]))
    expect(at(positions, 'b').y).toBe(120)
    expect(at(positions, 'b').x).toBeGreaterThan(540)
  })

  test('puts a node that touches nothing below the rest', () => {
    const positions = layout([node('a'), node('b')], [], new Map([['a', { x: 10, y: 20 }]]))
    expect(at(positions, 'b').y).toBeGreaterThan(100)
  })
})
