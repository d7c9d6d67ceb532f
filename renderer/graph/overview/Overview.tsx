import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Point } from '../../../shared/graph/layout.ts'
import type { EdgeId } from '../../../shared/graph/stage-graph.ts'
import type { FlowEdge, FlowNode } from '../to-flow.ts'
import { useLatest } from '../use-latest.ts'
import { createBitmap, type Bitmap, type Highlights } from './bitmap.ts'
import { blockAt, type Block, type SceneBuilder } from './scene.ts'

interface OverviewProps {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly buildScene: SceneBuilder
  /** Hears what is done to blocks before React Flow takes it for its own. */
  readonly pane: RefObject<HTMLDivElement | null>
  readonly selected: ReadonlySet<string>
  readonly selectedEdge: EdgeId | null
  readonly onSelect: (node: FlowNode, event: MouseEvent) => void
  readonly onShowSource: (node: FlowNode) => void
  readonly onMenu: (node: FlowNode, at: Point) => void
  readonly onMove: (key: string, to: Point) => void
}

/** Movements shorter than this are presses, not drags. */
const threshold = 3

/** The whole graph as one picture: what React Flow would need thousands of elements for. It answers to the mouse as cards do. */
export function Overview(props: OverviewProps) {
  const { nodes, edges, buildScene, pane, selected, selectedEdge } = props
  const scene = useMemo(() => buildScene(nodes, edges), [buildScene, nodes, edges])
  const [over, setOver] = useState<Block | null>(null)
  const [moving, setMoving] = useState<Highlights['moving']>(null)
  const [shownNodes, setShownNodes] = useState(nodes)
  if (shownNodes !== nodes) {
    // The card is where it was put.
    setShownNodes(nodes)
    setMoving(null)
  }
  const ground = useRef<HTMLCanvasElement>(null)
  const top = useRef<HTMLCanvasElement>(null)
  const bitmap = useRef<Bitmap>(null)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const flowStore = useStoreApi<FlowNode, FlowEdge>()
  const latest = useLatest({ ...props, scene })

  useLayoutEffect(() => {
    if (ground.current === null || top.current === null) return
    const created = createBitmap(ground.current, top.current, latest.current.scene, flow.getViewport())
    bitmap.current = created
    const unsubscribe = flowStore.subscribe(({ transform: [x, y, zoom] }) => created.look({ x, y, zoom }))
    return () => {
      unsubscribe()
      created.destroy()
    }
  }, [flow, flowStore, latest])
  useLayoutEffect(() => bitmap.current?.show(scene), [scene])
  useLayoutEffect(
    () => bitmap.current?.highlight({ over: over?.key ?? null, selected, selectedEdge, moving }),
    [over, selected, selectedEdge, moving],
  )

  useEffect(() => {
    const element = pane.current
    if (element === null) return
    const listening = new AbortController()
    const { signal } = listening
    let isDragged = false

    const under = (event: MouseEvent) => {
      const isOnPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane')
      return isOnPane
        ? blockAt(latest.current.scene, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))
        : null
    }
    /** Takes an event for the block under the pointer; what lies beside all of them stays React Flow's. */
    const taken = (type: 'click' | 'dblclick' | 'contextmenu', act: (node: FlowNode, event: MouseEvent) => void) =>
      element.addEventListener(
        type,
        event => {
          const block = under(event)
          if (block === null) return
          event.preventDefault()
          event.stopPropagation()
          const node = latest.current.nodes.find(each => each.id === block.key)
          if (!isDragged && node !== undefined) act(node, event)
        },
        { capture: true, signal },
      )
    taken('click', (node, event) => latest.current.onSelect(node, event))
    taken('dblclick', node => latest.current.onShowSource(node))
    taken('contextmenu', (node, event) => latest.current.onMenu(node, { x: event.clientX, y: event.clientY }))

    const drag = (block: Block, start: MouseEvent) => {
      const grip = flow.screenToFlowPosition({ x: start.clientX, y: start.clientY })
      const dragging = new AbortController()
      let at: Point = block
      window.addEventListener(
        'mousemove',
        event => {
          if (!isDragged && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < threshold) return
          isDragged = true
          const pointer = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
          at = { x: block.x + pointer.x - grip.x, y: block.y + pointer.y - grip.y }
          setMoving({ key: block.key, at })
        },
        { signal: dragging.signal },
      )
      window.addEventListener(
        'mouseup',
        () => {
          dragging.abort()
          if (isDragged) latest.current.onMove(block.key, at)
        },
        { signal: dragging.signal },
      )
    }
    element.addEventListener(
      'mousedown',
      event => {
        isDragged = false
        const block = event.button === 0 ? under(event) : null
        if (block === null) return
        // Else the canvas would be panned.
        event.stopPropagation()
        if (latest.current.nodes.find(({ id }) => id === block.key)?.draggable !== false) drag(block, event)
      },
      { capture: true, signal },
    )
    element.addEventListener('mousemove', event => setOver(under(event)), { signal })
    element.addEventListener('mouseleave', () => setOver(null), { signal })
    return () => listening.abort()
  }, [pane, flow, latest])

  useLayoutEffect(() => {
    const element = pane.current
    if (over !== null) element?.setAttribute('data-pointing', 'true')
    return () => element?.removeAttribute('data-pointing')
  }, [pane, over])

  const stages = scene.blocks.filter(block => block.stage !== null).length
  return (
    <div
      className="graph-overview"
      role="img"
      aria-label={`Overview of ${stages} stages. Arrow keys go from stage to stage; zoom in to see their cards.`}
      tabIndex={0}
    >
      <canvas ref={ground} />
      <canvas ref={top} />
      {over !== null && moving === null && <Name block={over} />}
    </div>
  )
}

/** What the block under the pointer is, in full. */
function Name({ block }: { readonly block: Block }) {
  const { x, y } = useReactFlow().flowToScreenPosition({ x: block.x, y: block.y + block.height })
  return (
    <div className="overview-name" style={{ left: x, top: y + 6 }}>
      <strong>{block.title}</strong>
      <span>{block.description}</span>
    </div>
  )
}
