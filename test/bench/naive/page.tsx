import '@xyflow/react/dist/style.css'
import { Handle, Position, ReactFlow, ReactFlowProvider, useNodesInitialized, type Node } from '@xyflow/react'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'

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
    if (initialized) requestAnimationFrame(() => requestAnimationFrame(onDrawn))
  }, [initialized, onDrawn])
  return null
}

const nodeTypes = { card: Card }

/** Milliseconds from nodes that have their places to all of them on the screen, the whole graph in view. */
function draw(count: number): Promise<number> {
  const columns = Math.ceil(Math.sqrt(count))
  const nodes: CardNode[] = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    type: 'card',
    position: { x: (index % columns) * 360, y: Math.floor(index / columns) * 220 },
    data: { title: `stage-${index}`, rows: Array.from({ length: 8 }, (__, row) => `RUN make part-${index}-${row}`) },
  }))
  const edges = nodes.slice(1).map(({ id }, index) => ({ id: `e${id}`, source: `n${index >> 1}`, target: id }))
  const root = document.createElement('div')
  root.style.cssText = 'position:fixed;inset:0'
  document.body.append(root)
  const started = performance.now()
  return new Promise(resolve => {
    createRoot(root).render(
      <ReactFlowProvider>
        <ReactFlow defaultNodes={nodes} defaultEdges={edges} nodeTypes={nodeTypes} minZoom={0.01} fitView />
        <Drawn onDrawn={() => resolve(performance.now() - started)} />
      </ReactFlowProvider>,
    )
  })
}

Object.assign(window, { draw })
