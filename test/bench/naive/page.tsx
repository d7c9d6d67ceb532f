import '@xyflow/react/dist/style.css'
import { Handle, Position, ReactFlow, ReactFlowProvider, useNodesInitialized, type Node } from '@xyflow/react'
import { useEffect } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { analyze } from '../../../shared/analysis.ts'
import { noMarks } from '../../../shared/builds/build-marks.ts'
import { graphModel } from '../../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../../shared/drawing/placer.ts'
import { nothingSelected } from '../../../shared/selection.ts'

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

let root: Root | null = null

/** Milliseconds from a text to places for its stages, and from there to all of them on the screen, the whole graph in view. */
async function draw(text: string): Promise<{ readonly prepared: number; readonly drawn: number }> {
  root?.unmount()
  const element = document.createElement('div')
  element.style.cssText = 'position:fixed;inset:0'
  document.body.replaceChildren(element)
  const started = performance.now()
  const analysis = analyze(text)
  const view = {
    marks: noMarks,
    selection: nothingSelected,
    unfolded: new Map(),
    showContext: false,
    withoutProblems: true,
  }
  const model = graphModel(analysis, view)
  const positions = createPlacer().place(model, new Map())
  const prepared = performance.now()
  const nodes: CardNode[] = analysis.graph.stages.map(({ id, name, steps }) => ({
    id,
    type: 'card',
    position: positions.get(id) ?? { x: 0, y: 0 },
    data: { title: name, rows: steps.map(({ keyword, gist }) => `${keyword} ${gist}`) },
  }))
  const edges = model.edges.map(({ id, from, to }) => ({ id, source: from, target: to }))
  const created = createRoot(element)
  root = created
  await new Promise<void>(resolve =>
    created.render(
      <ReactFlowProvider>
        <ReactFlow defaultNodes={nodes} defaultEdges={edges} nodeTypes={nodeTypes} minZoom={0.01} fitView />
        <Drawn onDrawn={resolve} />
      </ReactFlowProvider>,
    ),
  )
  return { prepared: prepared - started, drawn: performance.now() - prepared }
}

Object.assign(window, { draw })
