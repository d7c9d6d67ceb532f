import { layerGap, rowGap, type LayoutEdge, type LayoutNode, type Point } from '../layout.ts'

interface Box extends Point {
  readonly width: number
  readonly height: number
}

/**
 * Puts each node without a position to the right of what it reads from (else to the left of its readers, else below
 * everything), as level with them as the free space allows. Positions that are fixed are given back untouched.
 */
export function placeBeside(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  fixed: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const positions = new Map<string, Point>()
  const boxes = new Map<string, Box>()
  const put = (node: LayoutNode, at: Point) => {
    positions.set(node.key, at)
    boxes.set(node.key, { x: at.x, y: at.y, width: node.width, height: node.height })
  }
  for (const node of nodes) {
    const at = fixed.get(node.key)
    if (at !== undefined) put(node, at)
  }
  const waiting = nodes.filter(node => !fixed.has(node.key))
  while (waiting.length > 0) {
    const touching = waiting.findIndex(node =>
      edges.some(
        edge => (edge.to === node.key && boxes.has(edge.from)) || (edge.from === node.key && boxes.has(edge.to)),
      ),
    )
    const [node] = waiting.splice(Math.max(0, touching), 1)
    if (node !== undefined) put(node, freeSpot(node, edges, boxes))
  }
  return positions
}

function freeSpot(node: LayoutNode, edges: readonly LayoutEdge[], boxes: ReadonlyMap<string, Box>): Point {
  const levels: number[] = []
  let afterSources: number | null = null
  let beforeReaders: number | null = null
  for (const edge of edges) {
    const source = edge.to === node.key ? boxes.get(edge.from) : undefined
    if (source !== undefined) {
      const clear = source.x + source.width + layerGap + (edge.labelWidth ?? 0)
      afterSources = Math.max(afterSources ?? clear, clear)
      levels.push(source.y + (edge.fromOffset ?? source.height / 2) - (edge.toOffset ?? node.height / 2))
    }
    const reader = edge.from === node.key ? boxes.get(edge.to) : undefined
    if (reader !== undefined) {
      const clear = reader.x - layerGap - (edge.labelWidth ?? 0) - node.width
      beforeReaders = Math.min(beforeReaders ?? clear, clear)
      levels.push(reader.y + (edge.toOffset ?? reader.height / 2) - (edge.fromOffset ?? node.height / 2))
    }
  }
  const others = [...boxes.values()]
  const x = afterSources ?? beforeReaders ?? Math.min(...others.map(box => box.x))
  const level =
    levels.length > 0
      ? levels.reduce((sum, value) => sum + value, 0) / levels.length
      : Math.max(...others.map(box => box.y + box.height)) + rowGap
  return { x: Math.round(x), y: Math.round(nearestFree(x, level, node, others)) }
}

/** The free height nearest to `level` in the column that starts at `x`. */
function nearestFree(x: number, level: number, node: LayoutNode, boxes: readonly Box[]): number {
  const inTheWay = boxes.filter(box => box.x < x + node.width + rowGap && box.x + box.width + rowGap > x)
  const isFree = (y: number) =>
    inTheWay.every(box => y + node.height + rowGap <= box.y || y >= box.y + box.height + rowGap)
  if (isFree(level)) return level
  const candidates = inTheWay
    .flatMap(box => [Math.floor(box.y - rowGap - node.height), Math.ceil(box.y + box.height + rowGap)])
    .filter(isFree)
  return candidates.reduce(
    (best, y) => (Math.abs(y - level) < Math.abs(best - level) ? y : best),
    candidates[0] ?? level,
  )
}
