import { useStore, type ReactFlowState } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { comesNear, routeEdges } from '../../shared/drawing/edge-routing.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import { rectangleOf } from './use-viewport.ts'
import { areaOf, contains, overlaps, type Rectangle } from './viewport.ts'

export interface Drawn {
  readonly nodes: FlowNode[]
  readonly edges: FlowEdge[]
}

interface Inputs {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  /** Cards under the pointer's grip, and where they are now. */
  readonly dragged: ReadonlyMap<string, Point> | null
  readonly isOverview: boolean
}

/** Pixels of the screen around the view that are drawn, too, so that a small movement brings nothing new. */
const margin = 240
const nothing: Drawn = { nodes: [], edges: [] }

/**
 * What is handed to React Flow: cards and edges near the view, as each of them costs something in every frame. The
 * cards at the other ends of these edges come along hidden, as do those selected, which move together.
 */
export function useDrawn({ nodes, edges, dragged, isOverview }: Inputs): Drawn {
  const [areaNear] = useState(createAreaNear)
  const area = useStore(areaNear)
  const [hide] = useState(createHiding)
  const near = useMemo(
    () => (isOverview ? nothing : nearTo(area, nodes, edges, hide)),
    [area, nodes, edges, hide, isOverview],
  )
  return useMemo(() => (dragged === null ? near : withMoved(near, dragged)), [near, dragged])
}

/** The area around the view: the same object until the view leaves it, or has become small in it. */
function createAreaNear(): (state: ReactFlowState) => Rectangle {
  let area: Rectangle = { x: 0, y: 0, width: 0, height: 0 }
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

function nearTo(area: Rectangle, nodes: readonly FlowNode[], edges: readonly FlowEdge[], hide: Hide): Drawn {
  const drawn = edges.filter(({ data, selected }) => selected === true || (data && comesNear(data.route, area)))
  const ends = new Set(drawn.flatMap(({ source, target }) => [source, target]))
  return {
    nodes: nodes.flatMap(node => {
      if (overlaps(rectangleOf(node), area)) return [node]
      return ends.has(node.id) || node.selected === true ? [hide(node)] : []
    }),
    edges: drawn,
  }
}

/** With cards where they are dragged to: only they and their edges are made anew. */
function withMoved({ nodes, edges }: Drawn, dragged: ReadonlyMap<string, Point>): Drawn {
  const moved = nodes.map(node => {
    const position = dragged.get(node.id)
    return position === undefined ? node : { ...node, position }
  })
  const touched = edges.filter(({ source, target }) => dragged.has(source) || dragged.has(target))
  const routes = routeEdges(
    touched.flatMap(({ data }) => data?.edge ?? []),
    moved.map(node => ({ key: node.id, ...rectangleOf(node) })),
  )
  return {
    nodes: moved,
    edges: edges.map(edge => {
      const route = routes.get(edge.id)
      return route === undefined || edge.data === undefined ? edge : { ...edge, data: { ...edge.data, route } }
    }),
  }
}
