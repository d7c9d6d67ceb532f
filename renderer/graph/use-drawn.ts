import { useStore, type ReactFlowState } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { clippedPath } from '../../shared/drawing/clipped-path.ts'
import type { DrawnEdge } from '../../shared/drawing/edge-model.ts'
import { comesNear, routeEdges, type Box } from '../../shared/drawing/edge-routing.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { edgesFor, type FlowEdge, type FlowNode } from './to-flow.ts'
import { rectangleOf } from './use-viewport.ts'
import { areaOf, boundsOf, contains, overlaps, type Rectangle } from './viewport.ts'

export interface Drawn {
  readonly nodes: FlowNode[]
  readonly edges: FlowEdge[]
  /** Edges through the view that end elsewhere: too many to be React Flow's. */
  readonly passing: readonly FlowEdge[]
  /** What counts as near the view. */
  readonly area: Rectangle
}

interface Inputs {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  /** Edges whose ways are not yet known: those into the cards near the view are drawn all the same. */
  readonly unrouted: readonly DrawnEdge[]
  /** Cards under the pointer's grip, and where they are now. */
  readonly dragged: ReadonlyMap<string, Point> | null
  /** A passing edge under the pointer, which answers to it as others do. */
  readonly pointed: string | null
  /** Nothing is handed over: all of it is one picture, or where it is looked at from is not yet known. */
  readonly isHeldBack: boolean
}

/**
 * Pixels of the screen around the view that are drawn, too, so that a small movement brings nothing new. What is in view
 * comes first: none are, until the ways between all cards are known.
 */
const margin = 240
const nowhere: Rectangle = { x: 0, y: 0, width: 0, height: 0 }
const nothing: Drawn = { nodes: [], edges: [], passing: [], area: nowhere }

/**
 * What is handed to React Flow: cards near the view and the edges that end at them, as each costs something in every
 * frame, and no more of these edges than is near. The cards at their other ends come along hidden, as do those selected,
 * which move together.
 */
export function useDrawn({ nodes, edges, unrouted, dragged, pointed, isHeldBack }: Inputs): Drawn {
  const [inView] = useState(() => createAreaNear(0))
  const [nearView] = useState(() => createAreaNear(margin))
  const area = useStore(unrouted.length > 0 ? inView : nearView)
  const [hide] = useState(createHiding)
  const held = dragged === null ? '' : [...dragged.keys()].join('\n')
  const near = useMemo(
    () => (isHeldBack ? nothing : nearTo(area, nodes, edges, unrouted, new Set(held.split('\n')), pointed, hide)),
    [area, nodes, edges, unrouted, held, pointed, hide, isHeldBack],
  )
  return useMemo(() => (dragged === null ? near : withMoved(near, dragged)), [near, dragged])
}

/** The area around the view: the same object until the view leaves it, or has become small in it. */
function createAreaNear(margin: number): (state: ReactFlowState) => Rectangle {
  let area = nowhere
  return ({ transform: [x, y, zoom], width, height }) => {
    const view = areaOf({ x, y, zoom }, { width, height })
    const around = margin / zoom
    if (!contains(area, view) || area.width > 2 * (view.width + 2 * around))
      area = {
        x: view.x - around,
        y: view.y - around,
        width: view.width + 2 * around,
        height: view.height + 2 * around,
      }
    return area
  }
}

type Hide = (node: FlowNode) => FlowNode

function createHiding(): Hide {
  const hiddenOf = new WeakMap<FlowNode, FlowNode>()
  return node => {
    const hidden = hiddenOf.get(node) ?? { ...node, hidden: true }
    hiddenOf.set(node, hidden)
    return hidden
  }
}

function nearTo(
  area: Rectangle,
  nodes: readonly FlowNode[],
  edges: readonly FlowEdge[],
  unrouted: readonly DrawnEdge[],
  held: ReadonlySet<string>,
  pointed: string | null,
  hide: Hide,
): Drawn {
  const inside = new Set(nodes.filter(node => overlaps(rectangleOf(node), area)).map(({ id }) => id))
  const drawn: FlowEdge[] = []
  const passing: FlowEdge[] = []
  const arriving = unrouted.filter(({ to }) => inside.has(to))
  const ready = arriving.length === 0 ? edges : [...edges, ...edgesFor(arriving, nodes.map(boxOf))]
  for (const edge of ready) {
    const { id, source, target, selected = false, data } = edge
    const isHeld = held.has(source) || held.has(target)
    if (data === undefined || !(selected || isHeld || comesNear(data.route, area))) continue
    const near = clipped(edge, data, area)
    if (inside.has(target) || selected || isHeld || id === pointed || data.edge.running || data.edge.critical)
      drawn.push(near)
    else if (near.data?.route.path !== '') passing.push(near)
  }
  const ends = new Set(drawn.flatMap(({ source, target }) => [source, target]))
  return {
    nodes: nodes.flatMap(node => {
      if (inside.has(node.id)) return [node]
      return ends.has(node.id) || node.selected === true ? [hide(node)] : []
    }),
    edges: drawn,
    passing,
    area,
  }
}

function boxOf(node: FlowNode): Box {
  return { key: node.id, ...rectangleOf(node) }
}

/** With what is seen of its line, where that is long. */
function clipped(edge: FlowEdge, data: NonNullable<FlowEdge['data']>, area: Rectangle): FlowEdge {
  const bounds = boundsOf(data.route.way.map(point => ({ ...point, width: 0, height: 0 })))
  if (bounds === null || (bounds.width < area.width && bounds.height < area.height))
    return data === edge.data ? edge : { ...edge, data }
  return { ...edge, data: { ...data, route: { ...data.route, path: clippedPath(data.route.path, area) } } }
}

/** With cards where they are dragged to: only they and their edges are made anew. */
function withMoved({ nodes, edges, ...near }: Drawn, dragged: ReadonlyMap<string, Point>): Drawn {
  const moved = nodes.map(node => {
    const position = dragged.get(node.id)
    return position === undefined ? node : { ...node, position }
  })
  const touched = edges.filter(({ source, target }) => dragged.has(source) || dragged.has(target))
  const routes = routeEdges(
    touched.flatMap(({ data }) => data?.edge ?? []),
    moved.map(boxOf),
  )
  return {
    ...near,
    nodes: moved,
    edges: edges.map(edge => {
      const route = routes.get(edge.id)
      return route === undefined || edge.data === undefined ? edge : clipped(edge, { ...edge.data, route }, near.area)
    }),
  }
}
