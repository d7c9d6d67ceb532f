import type { ReactFlowInstance } from '@xyflow/react'
import type { Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'

type Flow = Pick<ReactFlowInstance<FlowNode, FlowEdge>, 'screenToFlowPosition'>

/** The card at a place of the window, also one that is not drawn: the uppermost of several. */
export function nodeAt(flow: Flow, nodes: readonly FlowNode[], pointer: Point): FlowNode | undefined {
  const { x, y } = flow.screenToFlowPosition(pointer)
  return nodes.findLast(
    ({ position, width = 0, height = 0 }) =>
      x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height,
  )
}

export function stageOf(node: FlowNode | undefined): StageId | null {
  return node?.data.content.kind === 'stage' ? node.data.content.stage : null
}

export function isInside({ x, y }: Point, box: DOMRect | undefined): boolean {
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
}
