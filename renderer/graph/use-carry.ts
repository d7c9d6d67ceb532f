import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, type PointerEvent as ReactPointerEvent, type RefObject } from 'react'
import type { Point } from '../../shared/graph/layout.ts'
import type { AddChoice, Addition } from './add-choices.ts'
import { isInside, nodeAt, stageOf } from './hit-test.ts'
import type { PaneStore } from './pane-store.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import { useLatest } from './use-latest.ts'

interface Inputs {
  readonly nodes: readonly FlowNode[]
  readonly store: PaneStore
  readonly pane: RefObject<HTMLDivElement | null>
  /** Asks for the rest where something was dropped on the empty canvas. */
  readonly onAdd: (addition: Addition, at: Point) => void
}

/** Movements shorter than this are presses, not drags. */
const threshold = 4

/** Drags an entry of the list: onto the canvas it becomes a stage there, onto a card what that card can take. */
export function useCarry(inputs: Inputs): (choice: AddChoice, event: ReactPointerEvent) => void {
  const latest = useLatest(inputs)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const { store } = inputs
  useEffect(() => () => store.setState({ carried: null }), [store])

  return useCallback(
    ({ title, addition }: AddChoice, { button, clientX, clientY }: ReactPointerEvent) => {
      if (button !== 0) return
      const start = { x: clientX, y: clientY }
      const under = (pointer: Point) => stageOf(nodeAt(flow, latest.current.nodes, pointer))
      const end = () => {
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', drop)
        window.removeEventListener('pointercancel', end)
        window.removeEventListener('keydown', key, true)
        store.setState({ carried: null })
      }
      const isOnCanvas = (pointer: Point) =>
        document.elementFromPoint(pointer.x, pointer.y)?.closest('.add-panel') === null &&
        isInside(pointer, latest.current.pane.current?.getBoundingClientRect())
      const move = (event: PointerEvent) => {
        const pointer = { x: event.clientX, y: event.clientY }
        const isDrag = Math.hypot(pointer.x - start.x, pointer.y - start.y) >= threshold
        if (!isDrag && store.getState().carried === null) return
        event.preventDefault()
        store.setState({ carried: { title, pointer, over: isOnCanvas(pointer) ? under(pointer) : null } })
      }
      const key = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        end()
      }
      const drop = (event: PointerEvent) => {
        move(event)
        const { carried } = store.getState()
        end()
        if (carried === null || !isOnCanvas(carried.pointer)) return
        const { pointer: at, over } = carried
        if (over === null || addition.kind === 'starter') latest.current.onAdd(addition, at)
        else store.setState({ opened: { kind: 'carry-menu', addition, to: over, at } })
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', drop)
      window.addEventListener('pointercancel', end)
      window.addEventListener('keydown', key, true)
    },
    [flow, latest, store],
  )
}
