import { useReactFlow, useStoreApi } from '@xyflow/react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react'
import { comesNear } from '../../../shared/drawing/edge-routing.ts'
import { usePane } from '../pane-store.ts'
import type { FlowEdge, FlowNode } from '../to-flow.ts'
import { useLatest } from '../use-latest.ts'
import type { Rectangle } from '../viewport.ts'
import { createMovingPicture, type MovingPicture } from './moving-picture.ts'
import { paintHalo, paintLine } from './paint.ts'
import { toLine } from './scene.ts'

interface PassingLinesProps {
  readonly edges: readonly FlowEdge[]
  /** Where they are to be seen. */
  readonly area: Rectangle
  /** Hears the pointer. */
  readonly pane: RefObject<HTMLDivElement | null>
  /** The edge under the pointer, or null. */
  readonly onPoint: (edge: string | null) => void
}

/** Pixels to each side of a line in which the pointer is taken to be on it, as graph.css has it. */
const reach = 8

/** Edges on their way past the cards in view, as one picture below these: a large file sends hundreds through every view. */
export const PassingLines = memo(function PassingLines({ edges, area, pane, onPoint }: PassingLinesProps) {
  const traced = usePane(state => state.traced)
  const lines = useMemo(() => edges.flatMap(({ data }) => (data === undefined ? [] : [toLine(data)])), [edges])
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useRef<MovingPicture>(null)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const flowStore = useStoreApi<FlowNode, FlowEdge>()
  const latest = useLatest({ lines, area, traced })

  useLayoutEffect(() => {
    const { current: surface } = canvas
    if (surface === null) return
    const created = createMovingPicture([surface], flow.getViewport(), {
      bounds: () => latest.current.area,
      paint() {
        const brush = created.cleanBrushFor(surface)
        if (brush === null) return
        // As wide as the lines beside them, which grow with the cards.
        const asCards = { ...brush, pixel: 1 }
        for (const line of latest.current.lines) {
          const { id, width, edges: folded } = line.edge
          const isDimmed = latest.current.traced?.edges.has(id) === false
          paintHalo(asCards, line, 4.5)
          paintLine(asCards, line, width ?? (folded.length > 1 ? 2.5 : 1.5), isDimmed ? 0.3 : 1)
        }
      },
    })
    picture.current = created
    const unsubscribe = flowStore.subscribe(({ transform: [x, y, zoom] }) => created.look({ x, y, zoom }))
    return () => {
      unsubscribe()
      created.destroy()
    }
  }, [flow, flowStore, latest])
  useLayoutEffect(() => picture.current?.paint(), [lines, traced])

  useEffect(() => {
    const { current: element } = pane
    const context = canvas.current?.getContext('2d') ?? null
    if (element === null || context === null) return
    const listening = new AbortController()
    const point = ({ target, buttons, clientX, clientY }: MouseEvent) => {
      if (!(target instanceof Element) || buttons !== 0 || target.closest('.react-flow__edge') !== null) return
      const { x, y } = flow.screenToFlowPosition({ x: clientX, y: clientY })
      const spot = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }
      context.resetTransform()
      context.setLineDash([])
      context.lineWidth = 2 * reach
      const isOn = target.classList.contains('react-flow__pane')
      const line = latest.current.lines.findLast(
        ({ route, path }) => isOn && comesNear(route, spot) && context.isPointInStroke(path, x, y),
      )
      onPoint(line?.edge.id ?? null)
    }
    element.addEventListener('mousemove', point, listening)
    element.addEventListener('dragover', point, listening)
    return () => {
      listening.abort()
      onPoint(null)
    }
  }, [pane, flow, latest, onPoint])

  return (
    <div className="passing-lines" aria-hidden>
      <canvas ref={canvas} />
    </div>
  )
})
