import { Graph, layout as dagreLayout } from '@dagrejs/dagre'
import { type Graphviz } from '@hpcc-js/wasm-graphviz'
import { readFileSync } from 'node:fs'
import { analyze } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { graphModel } from '../../shared/drawing/graph-model.ts'
import { layerGap, rowGap, type LayoutEdge, type LayoutNode, type Point } from '../../shared/graph/layout.ts'
import { nothingSelected } from '../../shared/selection.ts'

export interface Shape {
  readonly name: string
  readonly nodes: readonly LayoutNode[]
  readonly edges: readonly LayoutEdge[]
}

export type Positions = ReadonlyMap<string, Point>

/** Arrows from earlier to later nodes, as in a Dockerfile: each node reads from `sources` others on average. */
export function randomShape(name: string, count: number, sources: number): Shape {
  let seed = 20_261_120 + count
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const nodes = Array.from({ length: count }, (_, index) => ({
    key: `n${index}`,
    width: 264,
    height: 68 + 24 * Math.floor(random() * 8),
  }))
  const edges: LayoutEdge[] = []
  const seen = new Set<number>()
  while (edges.length < count * sources) {
    const to = 1 + Math.floor(random() * (count - 1))
    const from = Math.floor(random() * to)
    if (seen.has(to * count + from) && seen.size < (count * (count - 1)) / 2) continue
    seen.add(to * count + from)
    edges.push({ from: `n${from}`, to: `n${to}` })
  }
  return { name, nodes, edges }
}

/** The stages of a real file, as the canvas draws them. */
export function fileShape(path: string, name: string): Shape {
  const analysis = analyze(readFileSync(path, 'utf8'))
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const { cards, edges } = graphModel(analysis, view)
  return { name: `${name} ${analysis.graph.stages.length} stages`, nodes: cards, edges }
}

export function withDagre({ nodes, edges }: Shape): Positions {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree', nodesep: rowGap, ranksep: layerGap })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { key, width, height } of nodes) graph.setNode(key, { width, height })
  edges.forEach(({ from, to }, index) => graph.setEdge(from, to, {}, String(index)))
  dagreLayout(graph)
  return new Map(
    nodes.map(({ key, width, height }) => {
      const at = graph.node(key) as Point
      return [key, { x: at.x - width / 2, y: at.y - height / 2 }]
    }),
  )
}

function dotText({ nodes, edges }: Shape): string {
  const numberOf = new Map(nodes.map((node, index) => [node.key, index]))
  const inches = (pixels: number) => (pixels / 72).toFixed(4)
  return [
    'digraph {',
    `rankdir=LR; nodesep=${inches(rowGap)}; ranksep=${inches(layerGap)}; node [shape=box, fixedsize=true, label=""];`,
    ...nodes.map((node, index) => `${index} [width=${inches(node.width)}, height=${inches(node.height)}];`),
    ...edges.map(({ from, to }) => `${numberOf.get(from) ?? 0} -> ${numberOf.get(to) ?? 0};`),
    '}',
  ].join('\n')
}

export function withDot(graphviz: Graphviz, shape: Shape): Positions {
  const plain = graphviz.layout(dotText(shape), 'plain', 'dot')
  const positions = new Map<string, Point>()
  for (const line of plain.split('\n')) {
    const [kind, name, x, y] = line.split(' ')
    const node = kind === 'node' ? shape.nodes[Number(name)] : undefined
    if (node !== undefined)
      positions.set(node.key, { x: Number(x) * 72 - node.width / 2, y: -Number(y) * 72 - node.height / 2 })
  }
  return positions
}

/** Pairs of edges without a common end whose straight lines between the middles of their nodes cross. */
export function crossings({ nodes, edges }: Shape, positions: Positions): number {
  const middle = new Map(
    nodes.map(({ key, width, height }) => {
      const { x, y } = positions.get(key) ?? { x: 0, y: 0 }
      return [key, { x: x + width / 2, y: y + height / 2 }]
    }),
  )
  const lines = edges.flatMap(({ from, to }) => {
    const [a, b] = [middle.get(from), middle.get(to)]
    return a === undefined || b === undefined ? [] : [{ from, to, a, b }]
  })
  const side = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  let count = 0
  lines.forEach((one, index) => {
    for (let at = index + 1; at < lines.length; at++) {
      const other = lines[at]
      if (other === undefined || one.from === other.from || one.to === other.to) continue
      if (one.from === other.to || one.to === other.from) continue
      const apart =
        side(one.a, one.b, other.a) * side(one.a, one.b, other.b) >= 0 ||
        side(other.a, other.b, one.a) * side(other.a, other.b, one.b) >= 0
      if (!apart) count++
    }
  })
  return count
}

/** Square megapixels of the rectangle around all nodes. */
export function area({ nodes }: Shape, positions: Positions): number {
  const boxes = nodes.map(node => ({ ...node, ...(positions.get(node.key) ?? { x: 0, y: 0 }) }))
  const width = Math.max(...boxes.map(box => box.x + box.width)) - Math.min(...boxes.map(box => box.x))
  const height = Math.max(...boxes.map(box => box.y + box.height)) - Math.min(...boxes.map(box => box.y))
  return (width * height) / 1e6
}
