import { assignLayers, breakCycles, type Arc } from './layout/layers.ts'
import { orderLayers } from './layout/order.ts'
import { placeRows } from './layout/rows.ts'
import { placeBeside } from './layout/beside.ts'
import { threadLayers } from './layout/slots.ts'
import type { Placed } from './layout/straight-lines.ts'
import { untangle } from './layout/untangle.ts'

/** Top left corner, in canvas pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface LayoutNode {
  readonly key: string
  readonly width: number
  readonly height: number
}

/** An arrow from the right side of one node to the left side of another. */
export interface LayoutEdge {
  readonly from: string
  readonly to: string
  /** Where it leaves and arrives, in pixels below the node's top; the middle of the side if left out. */
  readonly fromOffset?: number
  readonly toOffset?: number
  /** Width of the label that stands before its end: the gap before that layer grows to hold it. */
  readonly labelWidth?: number
}

/** Space kept free between two nodes, one below the other. */
export const rowGap = 36
/** Space between two layers, without labels. */
export const layerGap = 56
const componentGap = 64
/** Graphs of more nodes are laid out from one start alone. */
const triedOnce = 300

/**
 * Places nodes in layers from left to right, so that arrows go right wherever the graph has no cycle. The same input
 * always gives the same answer. With `fixed` positions nothing is laid out anew: those stay as they are, and only the
 * nodes without one are put beside their neighbours, where nothing stands. Edges with unknown ends are left out.
 */
export function layout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  fixed: ReadonlyMap<string, Point> = new Map(),
): ReadonlyMap<string, Point> {
  if (nodes.some(node => fixed.has(node.key))) return placeBeside(nodes, edges, fixed)
  const placed = components(nodes, edges).map(component => layoutComponent(component.nodes, component.arcs))
  return pack(placed)
}

interface Component {
  readonly nodes: LayoutNode[]
  readonly arcs: Arc[]
}

interface Block {
  readonly nodes: readonly LayoutNode[]
  readonly positions: readonly Point[]
  readonly width: number
  readonly height: number
}

function layoutComponent(nodes: readonly LayoutNode[], arcs: readonly Arc[]): Block {
  const acyclic = breakCycles(nodes.length, arcs)
  const layerOf = assignLayers(nodes.length, acyclic)
  const threaded = threadLayers(nodes, layerOf, acyclic)
  const columns = placeColumns(nodes, layerOf, acyclic)
  let placed: readonly Placed[] = []
  let fewest = Infinity
  for (const startRight of [false, true]) {
    const rows = placeRows(threaded, orderLayers(threaded, startRight))
    const tried = nodes.map(({ width, height }, index) => ({
      left: (columns[layerOf[index] ?? 0]?.right ?? 0) - width,
      top: rows[index] ?? 0,
      width,
      height,
    }))
    const countLeft = untangle(tried, layerOf, acyclic)
    const crossings = nodes.length > triedOnce ? 0 : countLeft()
    if (crossings < fewest) [placed, fewest] = [tried, crossings]
    if (fewest === 0) break
  }
  const positions = placed.map(({ left, top }) => ({ x: left, y: top }))
  const bottom = Math.max(...nodes.map((node, index) => (positions[index]?.y ?? 0) + node.height))
  return { nodes, positions, width: columns.at(-1)?.right ?? 0, height: bottom }
}

/** Left and right border of each layer. Layers are as wide as their widest node, gaps as their widest label. */
function placeColumns(
  nodes: readonly LayoutNode[],
  layerOf: readonly number[],
  arcs: readonly Arc[],
): readonly { readonly left: number; readonly right: number }[] {
  const count = Math.max(...layerOf) + 1
  const widths = new Array<number>(count).fill(0)
  const labels = new Array<number>(count).fill(0)
  nodes.forEach((node, index) => {
    const layer = layerOf[index] ?? 0
    widths[layer] = Math.max(widths[layer] ?? 0, node.width)
  })
  for (const arc of arcs) {
    const layer = layerOf[arc.to] ?? 0
    labels[layer] = Math.max(labels[layer] ?? 0, arc.labelWidth)
  }
  let right = 0
  return widths.map((width, layer) => {
    const left = layer === 0 ? 0 : right + layerGap + (labels[layer] ?? 0)
    right = left + width
    return { left, right }
  })
}

/** Splits the graph into its connected parts, each in the order of its first node. */
function components(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): readonly Component[] {
  const indexOf = new Map(nodes.map((node, index) => [node.key, index]))
  const parent = nodes.map((_, index) => index)
  const root = (index: number): number => {
    let top = index
    while (parent[top] !== undefined && parent[top] !== top) top = parent[top] ?? top
    parent[index] = top
    return top
  }
  const known = edges.flatMap(edge => {
    const from = indexOf.get(edge.from)
    const to = indexOf.get(edge.to)
    return from === undefined || to === undefined || from === to ? [] : [{ edge, from, to }]
  })
  for (const { from, to } of known) {
    const [first, second] = [root(from), root(to)]
    parent[Math.max(first, second)] = Math.min(first, second)
  }
  const byRoot = new Map<number, Component>()
  const local: number[] = []
  nodes.forEach((node, index) => {
    const top = root(index)
    const component = byRoot.get(top) ?? { nodes: [], arcs: [] }
    byRoot.set(top, component)
    local.push(component.nodes.length)
    component.nodes.push(node)
  })
  for (const { edge, from, to } of known) {
    byRoot.get(root(from))?.arcs.push({
      from: local[from] ?? 0,
      to: local[to] ?? 0,
      fromOffset: edge.fromOffset ?? (nodes[from]?.height ?? 0) / 2,
      toOffset: edge.toOffset ?? (nodes[to]?.height ?? 0) / 2,
      labelWidth: edge.labelWidth ?? 0,
    })
  }
  return [...byRoot.values()]
}

/** Puts the parts on shelves, in their order, so that the whole is a little wider than high. */
function pack(blocks: readonly Block[]): ReadonlyMap<string, Point> {
  const area = blocks.reduce((sum, block) => sum + (block.width + componentGap) * (block.height + componentGap), 0)
  const limit = Math.max(Math.sqrt(area * 1.7), ...blocks.map(block => block.width))
  const positions = new Map<string, Point>()
  let [x, y, shelf] = [0, 0, 0]
  for (const block of blocks) {
    if (x > 0 && x + block.width > limit) {
      y += shelf + componentGap
      x = 0
      shelf = 0
    }
    block.nodes.forEach((node, index) => {
      const at = block.positions[index] ?? { x: 0, y: 0 }
      positions.set(node.key, { x: Math.round(x + at.x), y: Math.round(y + at.y) })
    })
    x += block.width + componentGap
    shelf = Math.max(shelf, block.height)
  }
  return positions
}
