import { useReactFlow, type ReactFlowInstance } from '@xyflow/react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { Selection } from '../../shared/selection.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import { mainContextKey } from '../../shared/drawing/card-model.ts'
import { useLatest } from './use-latest.ts'
import {
  areaOf,
  boundsOf,
  clearOfMap,
  firstViewport,
  fitted,
  hasMap,
  overlaps,
  revealing,
  zoomed,
  type Rectangle,
} from './viewport.ts'

export interface ViewportActions {
  /** False until the first view has been chosen: what is drawn before is drawn in vain. */
  readonly isShown: boolean
  readonly isGliding: boolean
  /** Shows all cards, or these alone. */
  readonly fit: (shown?: readonly FlowNode[]) => void
  readonly actualSize: () => void
  /** The person moved the canvas: from now on it is theirs, and a resized pane changes nothing. */
  readonly touched: () => void
  /** Brings a card into view. */
  readonly reveal: (node: FlowNode) => void
  /** Brings cards into view, or the first where they do not fit. */
  readonly revealAll: (nodes: readonly FlowNode[]) => void
  /** Shows a card at actual size in the middle. */
  readonly approach: (node: FlowNode) => void
  /** Lets the cards glide to where they are put next. */
  readonly glide: () => void
}

interface Shown {
  readonly selection: Selection
  readonly analysis: Analysis
  readonly showContext: boolean
}

const glideMilliseconds = 180

/** Keeps the first view of a document fitting until it is moved, and brings what is selected elsewhere into view. */
export function useViewport(
  pane: RefObject<HTMLDivElement | null>,
  nodes: readonly FlowNode[],
  { selection, analysis, showContext }: Shown,
): ViewportActions {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const latest = useLatest({ nodes, analysis, selection })
  const isTouched = useRef(false)
  const isEmpty = nodes.length === 0
  const [isShown, setShown] = useState(false)

  const reveal = useCallback((shown: Rectangle) => revealIn(pane, flow, shown, latest), [flow, pane, latest])

  useLayoutEffect(() => {
    const element = pane.current
    if (element === null || isEmpty || !flow.viewportInitialized) return
    const show = () => {
      const { nodes: shown, analysis: drawn, selection: selected } = latest.current
      const size = { width: element.clientWidth, height: element.clientHeight }
      if (size.width === 0 || size.height === 0) return
      setShown(true)
      if (isTouched.current) return
      const target = shown.find(({ data: { content } }) => content.kind === 'stage' && content.isTarget)
      const focus = rectangleOfSelection(selected, shown, drawn) ?? (target === undefined ? null : rectangleOf(target))
      const first = firstViewport(shown.map(rectangleOf), size, focus)
      if (first !== null) void flow.setViewport(first)
    }
    show()
    const observer = new ResizeObserver(show)
    observer.observe(element)
    return () => observer.disconnect()
  }, [pane, flow, latest, isEmpty])

  useEffect(() => {
    const context = latest.current.nodes.find(node => node.id === mainContextKey)
    if (showContext && context !== undefined) reveal(rectangleOf(context))
  }, [showContext, reveal, latest])

  useEffect(() => {
    const shown = rectangleOfSelection(selection, latest.current.nodes, latest.current.analysis)
    if (shown !== null) reveal(shown)
  }, [selection, reveal, latest])

  const [isGliding, setGliding] = useState(false)
  useEffect(() => {
    if (!isGliding) return
    const timer = window.setTimeout(() => setGliding(false), glideMilliseconds)
    return () => window.clearTimeout(timer)
  }, [isGliding])

  const approach = useCallback(
    (node: FlowNode) => {
      isTouched.current = true
      const { x, y, width, height } = rectangleOf(node)
      void flow.setCenter(x + width / 2, y + height / 2, { zoom: 1, duration: calm() ? 0 : 150 })
    },
    [flow],
  )

  const revealAll = useCallback(
    (shown: readonly FlowNode[]) => {
      const [first] = shown
      const bounds = boundsOf(shown.map(rectangleOf))
      if (first === undefined || bounds === null) return
      const { zoom } = flow.getViewport()
      const isTooLarge = bounds.width * zoom > window.innerWidth || bounds.height * zoom > window.innerHeight
      reveal(isTooLarge ? rectangleOf(first) : bounds)
    },
    [flow, reveal],
  )

  return {
    isShown,
    isGliding,
    approach,
    fit(shown = nodes) {
      const element = pane.current
      const bounds = boundsOf(shown.map(rectangleOf))
      isTouched.current = true
      if (element === null || bounds === null) return
      const size = { width: element.clientWidth, height: element.clientHeight }
      void flow.setViewport(fitted(bounds, size), { duration: calm() ? 0 : 150 })
    },
    actualSize() {
      const element = pane.current
      isTouched.current = true
      if (element === null) return
      const size = { width: element.clientWidth, height: element.clientHeight }
      const now = flow.getViewport()
      const next = zoomed(now, 1, size)
      const chosen = rectangleOfSelection(selection, nodes, analysis)
      const isSeen = chosen !== null && overlaps(areaOf(now, size), chosen)
      void flow.setViewport(isSeen ? revealing(chosen, next, size) : next, { duration: calm() ? 0 : 150 })
    },
    touched() {
      isTouched.current = true
    },
    reveal: node => reveal(rectangleOf(node)),
    revealAll,
    glide() {
      setGliding(true)
    },
  }
}

function revealIn(
  { current: element }: RefObject<HTMLDivElement | null>,
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  shown: Rectangle,
  latest: RefObject<{ readonly nodes: readonly FlowNode[] }>,
): void {
  if (element === null || element.clientWidth === 0) return
  const now = flow.getViewport()
  const size = { width: element.clientWidth, height: element.clientHeight }
  const seen = revealing(shown, now, size)
  const next = hasMap(latest.current.nodes.length, size) ? clearOfMap(shown, seen, size) : seen
  if (next !== now) void flow.setViewport(next, { duration: calm() ? 0 : 150 })
}

function calm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function rectangleOf(node: FlowNode): Rectangle {
  return { ...node.position, width: node.width ?? 0, height: node.height ?? 0 }
}

function rectangleOfSelection(selection: Selection, nodes: readonly FlowNode[], analysis: Analysis): Rectangle | null {
  const of = (key: string) => {
    const node = nodes.find(each => each.id === key)
    return node === undefined ? null : rectangleOf(node)
  }
  switch (selection.kind) {
    case 'none':
      return null
    case 'stage':
      return selection.also === undefined ? of(selection.stage) : null
    case 'step':
      return of(selection.stage)
    case 'edge': {
      const edge = analysis.graph.edges.find(each => each.id === selection.edge)
      return edge === undefined ? null : of(edge.to)
    }
  }
}
