import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { layout } from '../../shared/graph/layout.ts'
import { area, crossings, fileShape, randomShape, withDagre, withDot, type Shape } from '../graph/yardsticks.ts'
import { milliseconds } from './measure.ts'

const graphviz = await Graphviz.load()
const ratio = (own: number, other: number) => (other === 0 ? (own === 0 ? '1.00' : '∞') : (own / other).toFixed(2))
const columns = [34, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9]
const print = (...cells: readonly (string | number)[]) =>
  console.log(
    cells
      .map((cell, at) => (at === 0 ? String(cell).padEnd(columns[0] ?? 0) : String(cell).padStart(columns[at] ?? 9)))
      .join(''),
  )

const totals = { own: 0, dot: 0, dagre: 0 }

/** Counts always; times and prints only what is to have a line of its own. */
function compare(shape: Shape, isPrinted: boolean): void {
  const own = layout(shape.nodes, shape.edges)
  const dot = withDot(graphviz, shape)
  const dagre = withDagre(shape)
  const counts = { own: crossings(shape, own), dot: crossings(shape, dot), dagre: crossings(shape, dagre) }
  totals.own += counts.own
  totals.dot += counts.dot
  totals.dagre += counts.dagre
  if (!isPrinted) return
  const time = milliseconds(() => layout(shape.nodes, shape.edges))
  const dotTime = milliseconds(() => withDot(graphviz, shape))
  print(
    shape.name,
    shape.edges.length,
    counts.own,
    counts.dot,
    counts.dagre,
    ratio(counts.own, counts.dot),
    ratio(counts.own, counts.dagre),
    ratio(area(shape, own), area(shape, dot)),
    ratio(area(shape, own), area(shape, dagre)),
    time.toFixed(1),
    ratio(time, dotTime),
  )
}

console.log('\nlayout: edges that cross, as straight lines between the middles of their nodes, and the room taken')
print('graph', 'edges', 'crossings', 'dot', 'dagre', '× dot', '× dagre', 'area×dot', '× dagre', 'ms', '× dot')
for (const shape of [
  randomShape('10 random nodes', 10, 1.2),
  randomShape('100 random nodes, sparse', 100, 1.3),
  randomShape('100 random nodes, dense', 100, 2.5),
  randomShape('1,000 random nodes, sparse', 1_000, 1.3),
  randomShape('1,000 random nodes, dense', 1_000, 2.5),
])
  compare(shape, true)

const corpus = join(process.env['SLIPWAY_SHARED'] ?? '', 'corpus/files')
if (process.env['SLIPWAY_SHARED'] === undefined || !existsSync(corpus))
  console.log('No real files: SLIPWAY_SHARED names no folder with a corpus.')
else {
  totals.own = totals.dot = totals.dagre = 0
  const files = readdirSync(corpus)
    .map(name => ({ name, stages: (readFileSync(join(corpus, name), 'utf8').match(/^\s*from\s/gim) ?? []).length }))
    .filter(({ stages }) => stages >= 10)
    .sort((a, b) => b.stages - a.stages)
  files.forEach(({ name }, index) => compare(fileShape(join(corpus, name), name.slice(0, 6)), index % 5 === 0))
  print(
    `all ${files.length} files of 10 stages or more`,
    '',
    totals.own,
    totals.dot,
    totals.dagre,
    ratio(totals.own, totals.dot),
    ratio(totals.own, totals.dagre),
  )
}
