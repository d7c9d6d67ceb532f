import { useReactFlow, useViewport, ViewportPortal } from '@xyflow/react'
import { Words } from '../ui/Words.tsx'
import { cardMeasures } from '../../shared/drawing/card-model.ts'
import { usePane, type Connecting } from './pane-store.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'

/** The connection being drawn, and at its tip why it would be refused or what else it would do. */
export function ConnectOverlay({ nodes }: { nodes: readonly FlowNode[] }) {
  const connecting = usePane(state => state.connecting)
  const from = connecting === null ? undefined : nodes.find(node => node.id === connecting.from)
  return connecting === null || from === undefined ? null : <Line connecting={connecting} from={from} />
}

/** Follows the viewport, and is there only while a connection is drawn. */
function Line({ connecting, from }: { readonly connecting: Connecting; readonly from: FlowNode }) {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const { zoom } = useViewport()
  const { content } = from.data
  const isStage = content.kind === 'stage'
  const isForward = connecting.end === 'target'
  const port = {
    x: from.position.x + (isForward ? (from.width ?? 0) : 0),
    y: from.position.y + (isStage ? cardMeasures.port : (from.height ?? 0) / 2),
  }
  const tip = flow.screenToFlowPosition(connecting.pointer)
  const [start, end] = isForward ? [port, tip] : [tip, port]
  const refused = connecting.message?.refused === true
  const hue = isStage ? content.hue : 'var(--line-strong)'
  const reach = Math.max(30, Math.min(end.x < start.x ? 60 : Infinity, Math.abs(end.x - start.x) / 2))
  const path = `M${start.x},${start.y} C${start.x + reach},${start.y} ${end.x - reach},${end.y} ${end.x},${end.y}`
  return (
    <ViewportPortal>
      <svg className="connect-line" aria-hidden>
        <path
          d={path}
          style={{
            stroke: refused ? 'var(--error)' : hue,
            strokeDasharray: refused ? `${2 / zoom} ${6 / zoom}` : undefined,
            strokeWidth: 2 / zoom,
          }}
        />
      </svg>
      {connecting.message !== null && (
        <div
          className="connect-message"
          role="status"
          data-refused={connecting.message.refused}
          style={{ transform: `translate(${tip.x}px, ${tip.y}px) scale(${1 / zoom}) translate(16px, 14px)` }}
        >
          <Words text={connecting.message.text} />
        </div>
      )}
    </ViewportPortal>
  )
}
