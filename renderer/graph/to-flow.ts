import { Position as Side, type Edge, type Node } from '@xyflow/react'
import type { Point } from '../../shared/graph/layout.ts'
import type { Card, CardContent } from '../../shared/drawing/card-model.ts'
import { cardMeasures } from '../../shared/drawing/card-model.ts'
import type { DrawnEdge } from '../../shared/drawing/edge-model.ts'
import { routeEdges, type Box, type Route } from '../../shared/drawing/edge-routing.ts'
import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import { createRouter, type Router } from '../../shared/drawing/router.ts'

export type FlowNode = Node<{ readonly content: CardContent; readonly locked: boolean }, 'stage' | 'source'>
export type FlowEdge = Edge<{ readonly edge: DrawnEdge; readonly route: Route }, 'graph'>

export interface FlowView {
  readonly positions: ReadonlyMap<string, Point>
  readonly selected: ReadonlySet<string>
  readonly locked: ReadonlySet<string>
}

/** Turns what is to be drawn into React Flow's terms, handing out the same objects again where nothing changed. */
export interface FlowBuilder {
  readonly nodes: (model: GraphModel, view: FlowView) => FlowNode[]
  readonly edges: (model: GraphModel, view: FlowView) => FlowEdge[]
  /** Takes over the ways that another found. */
  readonly learn: Router['learn']
}

export function createFlowBuilder(): FlowBuilder {
  let lastNodes: ReadonlyMap<string, FlowNode> = new Map()
  let lastEdges: ReadonlyMap<string, FlowEdge> = new Map()
  /** For the same model nothing is compared but where a card is. */
  const nodeOfCard = new WeakMap<Card, FlowNode>()
  const edgeOfDrawn = new WeakMap<DrawnEdge, FlowEdge>()
  const { route, learn } = createRouter()
  return {
    learn,
    nodes(model, view) {
      const nodes = inTabOrder(model.cards).map(card => {
        const known = nodeOfCard.get(card)
        const { x, y } = placeOf(card.key, view)
        const isLike =
          known?.selected === view.selected.has(card.key) && known.data.locked === view.locked.has(card.key)
        if (isLike && known.position.x === x && known.position.y === y) return known
        const next = toNode(card, view)
        const last = lastNodes.get(card.key)
        const node = last !== undefined && isSame(last, next) ? last : next
        nodeOfCard.set(card, node)
        return node
      })
      lastNodes = new Map(nodes.map(node => [node.id, node]))
      return nodes
    },
    edges(model, view) {
      const routes = route(
        model.edges,
        model.cards.map(card => toBox(card, view)),
      )
      const edges = model.edges.flatMap(edge => {
        const way = routes.get(edge.id)
        if (way === undefined) return []
        const known = edgeOfDrawn.get(edge)
        if (known?.data?.route === way) return [known]
        const next = toEdge(edge, way)
        const last = lastEdges.get(edge.id)
        const drawn = last !== undefined && isSame(last, next) ? last : next
        edgeOfDrawn.set(edge, drawn)
        return [drawn]
      })
      lastEdges = new Map(edges.map(edge => [edge.id, edge]))
      return edges
    },
  }
}

/** Stages in their order, then what they read from beside each other. */
function inTabOrder(cards: readonly Card[]): readonly Card[] {
  const isStage = ({ content }: Card) => content.kind === 'stage'
  return [...cards.filter(isStage), ...cards.filter(card => !isStage(card))]
}

function placeOf(key: string, view: FlowView): Point {
  return view.positions.get(key) ?? { x: 0, y: 0 }
}

function toBox(card: Card, view: FlowView): Box {
  const at = placeOf(card.key, view)
  return { key: card.key, x: at.x, y: at.y, width: card.width, height: card.height }
}

function toNode(card: Card, view: FlowView): FlowNode {
  const { width, height, content } = card
  const port = content.kind === 'stage' ? cardMeasures.port : height / 2
  const at = placeOf(card.key, view)
  const isSelected = view.selected.has(card.key)
  const locked = view.locked.has(card.key)
  return {
    id: card.key,
    type: content.kind,
    position: { x: at.x, y: at.y },
    data: { content, locked },
    // Left open, it follows whether Space makes every drag one of the canvas.
    ...(locked && { draggable: false }),
    // Else dragging it would move the canvas.
    ...(locked && { className: 'nopan' }),
    width,
    height,
    measured: { width, height },
    // Known handles spare React Flow the measuring; edges bring their own paths.
    handles: [
      { type: 'target', position: Side.Left, x: 0, y: port, width: 1, height: 1 },
      { type: 'source', position: Side.Right, x: width, y: port, width: 1, height: 1 },
    ],
    selected: isSelected,
    ariaLabel: card.description,
    zIndex: isSelected ? 3 : 2,
  }
}

/** Edges with ways of their own, until those of the whole graph are known. */
export function edgesFor(drawn: readonly DrawnEdge[], boxes: readonly Box[]): readonly FlowEdge[] {
  const routes = routeEdges(drawn, boxes)
  return drawn.flatMap(edge => {
    const route = routes.get(edge.id)
    return route === undefined ? [] : [toEdge(edge, route)]
  })
}

function toEdge(edge: DrawnEdge, route: Route): FlowEdge {
  return {
    id: edge.id,
    type: 'graph',
    source: edge.from,
    target: edge.to,
    data: { edge, route },
    selected: edge.selected,
    ariaLabel: edge.description,
    zIndex: edge.selected ? 1 : 0,
  }
}

/** Structural equality of plain objects and arrays. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  const [first, second] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  return names.length === Object.keys(b).length && names.every(name => name in b && isSame(first[name], second[name]))
}
