import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, type RefObject } from 'react'
import { connectionNotice, connectionRefusal } from '../../shared/edits/connect-stages.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { Connecting, CopySource, PaneStore } from './pane-store.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import { useLatest } from './use-latest.ts'

interface Inputs {
  readonly analysis: Analysis
  readonly nodes: readonly FlowNode[]
  readonly store: PaneStore
  readonly pane: RefObject<HTMLDivElement | null>
}

/** Movements shorter than this are presses, not drags. */
const threshold = 4
/** A connection let go this close to where it began is one taken back. */
const takenBack = 48
/** Near the border of the pane the canvas moves along. */
const borderWidth = 36
const borderSpeed = 10

/**
 * Drags a connection from a card's edge. The whole card under the pointer is the target; a drop on the empty canvas
 * asks what is to be made there.
 */
export function useConnectDrag(inputs: Inputs): (from: string, pointer: Point) => void {
  const latest = useLatest(inputs)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const { store } = inputs

  useEffect(() => () => store.setState({ connecting: null }), [store])

  return useCallback(
    (from: string, start: Point) => {
      const { analysis } = latest.current
      const source = copySource(analysis, from)
      if (source === null) return
      const refusals = new Map<StageId, string | null>(
        analysis.graph.stages.map(stage => [
          stage.id,
          source.kind === 'stage' ? connectionRefusal(analysis, source.stage, stage.id) : null,
        ]),
      )
      let pointer = start
      let frame = 0

      const track = () => {
        const moved = Math.hypot(pointer.x - start.x, pointer.y - start.y)
        if (store.getState().connecting === null && moved < threshold) return
        store.setState({ connecting: { from, source, pointer, refusals, ...target() } })
      }
      const under = () => {
        const at = flow.screenToFlowPosition(pointer)
        return latest.current.nodes.findLast(node => contains(node, at))
      }
      const target = (): Pick<Connecting, 'over' | 'message'> => {
        const node = under()
        // Where the drag began, its own card is under the pointer: nothing to complain of yet.
        if (node === undefined || (node.id === from && distance(pointer, start) < takenBack))
          return { over: null, message: null }
        if (node.data.content.kind !== 'stage')
          return { over: null, message: { text: 'Files can only be copied into a stage.', refused: true } }
        const over = node.data.content.stage
        const reason = refusals.get(over) ?? null
        const notice = source.kind === 'stage' ? connectionNotice(analysis, source.stage, over) : null
        const text = reason ?? notice
        return { over, message: text === null ? null : { text, refused: reason !== null } }
      }
      const follow = () => {
        const box = latest.current.pane.current?.getBoundingClientRect()
        if (box !== undefined && store.getState().connecting !== null) {
          const push = { x: borderPush(pointer.x, box.left, box.right), y: borderPush(pointer.y, box.top, box.bottom) }
          if (push.x !== 0 || push.y !== 0) {
            const now = flow.getViewport()
            void flow.setViewport({ x: now.x + push.x, y: now.y + push.y, zoom: now.zoom })
            track()
          }
        }
        frame = requestAnimationFrame(follow)
      }
      const end = () => {
        cancelAnimationFrame(frame)
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', drop)
        window.removeEventListener('pointercancel', end)
        window.removeEventListener('keydown', key, true)
        store.setState({ connecting: null })
      }
      const move = (event: PointerEvent) => {
        pointer = { x: event.clientX, y: event.clientY }
        track()
      }
      const key = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        end()
      }
      const drop = (event: PointerEvent) => {
        move(event)
        const connecting = store.getState().connecting
        const box = latest.current.pane.current?.getBoundingClientRect()
        end()
        if (connecting === null || box === undefined) return
        if (connecting.over !== null) {
          if (refusals.get(connecting.over) === null)
            store.setState({ opened: { kind: 'connect', source, to: connecting.over, at: pointer } })
        } else if (under() === undefined && isInside(pointer, box) && distance(pointer, start) > takenBack) {
          store.setState({ opened: { kind: 'drop-menu', source, at: pointer } })
        }
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', drop)
      window.addEventListener('pointercancel', end)
      window.addEventListener('keydown', key, true)
      frame = requestAnimationFrame(follow)
    },
    [flow, latest, store],
  )
}

function copySource(analysis: Analysis, key: string): CopySource | null {
  const stage = analysis.graph.stages.find(each => each.id === key)
  if (stage !== undefined) return { kind: 'stage', stage: stage.id }
  return key.startsWith('image:') ? { kind: 'image', reference: key.slice('image:'.length) } : null
}

export function contains(node: FlowNode, { x, y }: Point): boolean {
  const { position, width = 0, height = 0 } = node
  return x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height
}

export function isInside({ x, y }: Point, box: DOMRect | undefined): boolean {
  if (box === undefined) return false
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function borderPush(at: number, start: number, end: number): number {
  if (at < start + borderWidth) return borderSpeed
  return at > end - borderWidth ? -borderSpeed : 0
}
