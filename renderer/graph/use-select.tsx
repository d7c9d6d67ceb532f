import { useReactFlow } from '@xyflow/react'
import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { relatedStages } from '../../shared/graph/related-stages.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { nothingSelected, selectedStages, selectionOf, toggled } from '../../shared/selection.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { FlowNode } from './to-flow.ts'
import { useLatest } from './use-latest.ts'
import { rectangleOf } from './use-viewport.ts'
import type { Rectangle } from './viewport.ts'

interface Inputs {
  readonly props: GraphPaneProps
  readonly nodes: readonly FlowNode[]
  readonly pane: RefObject<HTMLDivElement | null>
}

interface Modifiers {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

interface Selecting {
  readonly selectNode: (node: FlowNode, modifiers: Modifiers) => void
  /** The box that is being drawn. */
  readonly box: ReactNode
}

/** Movements shorter than this are presses, not drags. */
const threshold = 4

/** Selecting with the mouse: a click, with Ctrl or Command one more, with Shift all on its way; a box with Shift. */
export function useSelect({ props, nodes, pane }: Inputs): Selecting {
  const { analysis, selection, onSelect } = props
  const flow = useReactFlow()
  const [box, setBox] = useState<Rectangle | null>(null)
  const latest = useLatest({ nodes, selection, onSelect })

  useEffect(() => {
    const element = pane.current
    if (element === null) return
    const listening = new AbortController()
    const { signal } = listening
    let isDrawn = false

    const start = (event: MouseEvent) => {
      isDrawn = false
      const isOnCanvas = event.target instanceof Element && event.target.closest('.react-flow__renderer') !== null
      if (event.button !== 0 || !event.shiftKey || !isOnCanvas) return
      const from = { x: event.clientX, y: event.clientY }
      const at = flow.screenToFlowPosition(from)
      if (latest.current.nodes.some(node => touches(rectangleOf(node), { ...at, width: 0, height: 0 }))) return
      // Else the canvas would be panned.
      event.stopPropagation()
      const drawing = new AbortController()
      window.addEventListener(
        'mousemove',
        move => {
          const to = { x: move.clientX, y: move.clientY }
          if (!isDrawn && Math.hypot(to.x - from.x, to.y - from.y) < threshold) return
          isDrawn = true
          setBox(between(from, to))
        },
        { signal: drawing.signal },
      )
      window.addEventListener(
        'mouseup',
        end => {
          drawing.abort()
          setBox(null)
          if (!isDrawn) return
          const drawn = between(at, flow.screenToFlowPosition({ x: end.clientX, y: end.clientY }))
          const inside = latest.current.nodes.flatMap(node =>
            node.data.content.kind === 'stage' && touches(rectangleOf(node), drawn) ? [node.data.content.stage] : [],
          )
          const isMore = end.ctrlKey || end.metaKey
          latest.current.onSelect(
            selectionOf(isMore ? [...selectedStages(latest.current.selection), ...inside] : inside),
          )
        },
        { signal: drawing.signal },
      )
    }
    const click = (event: MouseEvent) => {
      // The end of a box is no click beside everything.
      if (isDrawn) event.stopPropagation()
      isDrawn = false
    }
    element.addEventListener('mousedown', start, { capture: true, signal })
    element.addEventListener('click', click, { capture: true, signal })
    return () => listening.abort()
  }, [pane, flow, latest])

  return {
    selectNode({ data: { content } }, { shiftKey, ctrlKey, metaKey }) {
      if (content.kind !== 'stage') {
        onSelect(nothingSelected)
        return
      }
      const { stage } = content
      if (ctrlKey || metaKey) {
        // What is no longer selected is not what the next key means.
        if (selectedStages(selection).includes(stage)) pane.current?.focus()
        onSelect(toggled(selection, stage))
        return
      }
      const { graph } = analysis
      const related = shiftKey
        ? [...relatedStages(graph, stage, 'needed'), ...relatedStages(graph, stage, 'needing')]
        : []
      onSelect(selectionOf([stage, ...related]))
    },
    box:
      box === null
        ? null
        : createPortal(
            <div className="select-box" style={{ left: box.x, top: box.y, width: box.width, height: box.height }} />,
            document.body,
          ),
  }
}

function between(a: Point, b: Point): Rectangle {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
}

function touches(a: Rectangle, b: Rectangle): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}
