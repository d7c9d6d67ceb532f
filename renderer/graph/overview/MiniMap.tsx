import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react'
import { memo, useEffect, useRef, type PointerEvent } from 'react'
import type { FlowEdge, FlowNode } from '../to-flow.ts'
import { areaOf, type Rectangle } from '../viewport.ts'
import { paintScene } from './paint.ts'
import { onLooksChange, readPalette } from './palette.ts'
import type { Scene, SceneBuilder } from './scene.ts'

interface MiniMapProps {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly buildScene: SceneBuilder
  /** The canvas is about to be moved. */
  readonly onMove: () => void
}

/** Milliseconds after a change in which it is not painted: it follows what is done on the canvas, and never delays it. */
const rest = 200
/** As graph.css has it. */
const size = { width: 168, height: 112 }
const margin = 6

/** The whole graph in a corner, as one picture, with the part in view; a press or a drag brings another part there. */
export const MiniMap = memo(function MiniMap({ nodes, edges, buildScene, onMove }: MiniMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const bounds = useRef<Rectangle>(null)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const flowStore = useStoreApi<FlowNode, FlowEdge>()

  useEffect(() => {
    const follow = () => {
      if (canvas.current === null || view.current === null || bounds.current === null) return
      const { transform, width, height } = flowStore.getState()
      const [x, y, zoom] = transform
      const seen = areaOf({ x, y, zoom }, { width, height })
      const place = placeIn(bounds.current)
      const { style } = view.current
      style.transform = `translate(${place.x + seen.x * place.zoom}px, ${place.y + seen.y * place.zoom}px)`
      style.width = `${seen.width * place.zoom}px`
      style.height = `${seen.height * place.zoom}px`
    }
    const draw = () => {
      const scene = buildScene(nodes, edges)
      bounds.current = scene.bounds
      if (canvas.current !== null) paint(canvas.current, scene)
      follow()
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const drawSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(draw, rest)
    }
    drawSoon()
    const stops = [onLooksChange(drawSoon), flowStore.subscribe(follow), () => clearTimeout(timer)]
    return () => stops.forEach(stop => stop())
  }, [nodes, edges, buildScene, flowStore])

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1 || canvas.current === null || bounds.current === null) return
    const { left, top } = canvas.current.getBoundingClientRect()
    const place = placeIn(bounds.current)
    onMove()
    void flow.setCenter((event.clientX - left - place.x) / place.zoom, (event.clientY - top - place.y) / place.zoom, {
      zoom: flow.getZoom(),
    })
  }

  return (
    <div
      className="graph-minimap"
      role="img"
      aria-label="Overview of the graph"
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
      onWheel={({ deltaY }) => {
        onMove()
        void (deltaY < 0 ? flow.zoomIn() : flow.zoomOut())
      }}
    >
      <canvas ref={canvas} />
      <div ref={view} className="graph-minimap-view" />
    </div>
  )
})

/** The viewport that shows these bounds in the middle. */
function placeIn(bounds: Rectangle): Viewport {
  const { width, height } = size
  const zoom = Math.min((width - 2 * margin) / bounds.width, (height - 2 * margin) / bounds.height)
  return {
    x: (width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: (height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  }
}

function paint(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext('2d')
  if (context === null || scene.bounds === null) return
  const density = window.devicePixelRatio
  // Setting its size empties it.
  canvas.width = Math.round(size.width * density)
  canvas.height = Math.round(size.height * density)
  const { x, y, zoom } = placeIn(scene.bounds)
  const scale = zoom * density
  context.setTransform(scale, 0, 0, scale, x * density, y * density)
  paintScene({ context, palette: readPalette(context), zoom, pixel: 1 / zoom }, scene, scene.bounds, null)
}
