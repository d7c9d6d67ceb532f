import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, type RefObject } from 'react'
import { connectionNotice, connectionRefusal } from '../../shared/edits/connect-stages.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { EdgeEnd } from '../../shared/edits/reconnect-end.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { isInside, nodeAt, stageOf } from './hit-test.ts'
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

/** One end of a line on its way to a card. */
interface Drag {
  /** Node key of the card at its other end. */
  readonly from: string
  /** Which of its ends follows the pointer. */
  readonly end: EdgeEnd
  readonly refusalOf: (stage: StageId) => string | null
  /** What stands at the pointer over a card. */
  readonly judge: (node: FlowNode) => Connecting['message']
  readonly drop: (node: FlowNode, pointer: Point) => void
  readonly dropBeside?: (pointer: Point) => void
}

export type StartDrag = (start: Point, drag: Drag) => void

/** Connecting by dragging from a card's edge. A drop on the empty canvas asks what is to be made there. */
export function useConnect(
  analysis: Analysis,
  store: PaneStore,
  startDrag: StartDrag,
): (from: string, start: Point) => void {
  const latest = useLatest(analysis)
  return useCallback(
    (from: string, start: Point) => {
      const { current } = latest
      const source = copySource(current, from)
      if (source === null) return
      const refusalOf = (stage: StageId) =>
        source.kind === 'stage' ? connectionRefusal(current, source.stage, stage) : null
      startDrag(start, {
        from,
        end: 'target',
        refusalOf,
        judge({ data: { content } }) {
          if (content.kind !== 'stage') return { text: 'Files can only be copied into a stage.', refused: true }
          const reason = refusalOf(content.stage)
          const notice = source.kind === 'stage' ? connectionNotice(current, source.stage, content.stage) : null
          const text = reason ?? notice
          return text === null ? null : { text, refused: reason !== null }
        },
        drop({ data: { content } }, at) {
          if (content.kind === 'stage') store.setState({ opened: { kind: 'connect', source, to: content.stage, at } })
        },
        dropBeside: at => store.setState({ opened: { kind: 'drop-menu', source, at } }),
      })
    },
    [latest, store, startDrag],
  )
}

/** Drags the end of a line. The whole card under the pointer is the target. */
export function useConnectDrag(inputs: Inputs): StartDrag {
  const latest = useLatest(inputs)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const { store } = inputs

  useEffect(() => () => store.setState({ connecting: null }), [store])

  return useCallback(
    (start: Point, { from, end: movedEnd, refusalOf, judge, drop: dropOn, dropBeside }: Drag) => {
      const { stages } = latest.current.analysis.graph
      const refusals = new Map(stages.map(({ id }) => [id, refusalOf(id)]))
      let pointer = start
      let frame = 0

      const track = () => {
        const moved = Math.hypot(pointer.x - start.x, pointer.y - start.y)
        if (store.getState().connecting === null && moved < threshold) return
        store.setState({ connecting: { from, end: movedEnd, pointer, refusals, ...target() } })
      }
      const under = () => nodeAt(flow, latest.current.nodes, pointer)
      const target = (): Pick<Connecting, 'over' | 'message'> => {
        const node = under()
        // Where the drag began, its own card is under the pointer: nothing to complain of yet.
        if (node === undefined || (node.id === from && distance(pointer, start) < takenBack))
          return { over: null, message: null }
        return { over: stageOf(node), message: judge(node) }
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
        // Where the focus goes back to from what opens now: the keys that come next are the canvas's.
        latest.current.pane.current?.focus({ preventScroll: true })
        const node = under()
        if (node !== undefined) {
          if (connecting.message?.refused !== true && (node.id !== from || distance(pointer, start) > takenBack))
            dropOn(node, pointer)
        } else if (isInside(pointer, box) && distance(pointer, start) > takenBack) dropBeside?.(pointer)
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

/** What a card stands for as a source of files; null where nothing can be copied from it. */
export function copySource(analysis: Analysis, key: string): CopySource | null {
  const stage = analysis.graph.stages.find(each => each.id === key)
  if (stage !== undefined) return { kind: 'stage', stage: stage.id }
  return key.startsWith('image:') ? { kind: 'image', reference: key.slice('image:'.length) } : null
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function borderPush(at: number, start: number, end: number): number {
  if (at < start + borderWidth) return borderSpeed
  return at > end - borderWidth ? -borderSpeed : 0
}
