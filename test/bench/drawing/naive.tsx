import '@xyflow/react/dist/style.css'
import { Handle, Position, ReactFlow, ReactFlowProvider, useNodesInitialized, type Node } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { Analysis } from '../../../shared/analysis.ts'
import { noMarks } from '../../../shared/builds/build-marks.ts'
import { graphModel } from '../../../shared/drawing/graph-model.ts'
import type { Placement } from '../../../shared/drawing/placement.ts'
import { createPlacer } from '../../../shared/drawing/placer.ts'
import { nothingSelected } from '../../../shared/selection.ts'
import type { CanvasProps } from './page.tsx'

type CardNode = Node<{ readonly title: string; readonly rows: readonly string[] }>

/** A card as React Flow's introduction makes one: measured, never memoised, all of them mounted. */
function Card({ data }: { readonly data: CardNode['data'] }) {
  return (
    <div style={{ width: 264, border: '1px solid #888', borderRadius: 8, background: '#fff', fontSize: 12 }}>
      <strong>{data.title}</strong>
      {data.rows.map(row => (
        <div key={row}>{row}</div>
      ))}
      <Handle type="target" position={Position.Left} />
      <Handle type="source" position={Position.Right} />
    </div>
  )
}

function Drawn({ onDrawn }: { readonly onDrawn: () => void }) {
  const initialized = useNodesInitialized()
  useEffect(() => {
    if (initialized) onDrawn()
  }, [initialized, onDrawn])
  return null
}

const nodeTypes = { card: Card }
const view = {
  marks: noMarks,
  selection: nothingSelected,
  unfolded: new Map(),
  showContext: false,
  withoutProblems: true,
}

/** The whole graph in cards that nothing was done for, by Slipway's own reading and layout. */
export function NaiveCanvas({ analysis, placement, onDrawn }: CanvasProps) {
  const [{ nodes, edges }] = useState(() => elements(analysis, placement))
  return (
    <ReactFlowProvider>
      <ReactFlow defaultNodes={nodes} defaultEdges={edges} nodeTypes={nodeTypes} minZoom={0.01} fitView />
      <Drawn onDrawn={onDrawn} />
    </ReactFlowProvider>
  )
}

export function placesOf(analysis: Analysis): Placement {
  return createPlacer().place(graphModel(analysis, view), new Map())
}

function elements(analysis: Analysis, placement: Placement) {
  const model = graphModel(analysis, view)
  const places = placement.size > 0 ? placement : createPlacer().place(model, placement)
  const nodes: CardNode[] = analysis.graph.stages.map(({ id, name, steps }) => ({
    id,
    type: 'card',
    position: places.get(id) ?? { x: 0, y: 0 },
    data: { title: name, rows: steps.map(({ keyword, gist }) => `${keyword} ${gist}`) },
  }))
  return { nodes, edges: model.edges.map(({ id, from, to }) => ({ id, source: from, target: to })) }
}
