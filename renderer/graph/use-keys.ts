import { useReactFlow } from '@xyflow/react'
import type { KeyboardEvent } from 'react'
import { disconnect } from '../../shared/edits/disconnect.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import { nothingSelected } from '../../shared/selection.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { askToRemove } from './Openings.tsx'
import type { PaneStore } from './pane-store.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import type { ViewportActions } from './use-viewport.ts'

/** What a key means: the card or edge that has the focus, else what is selected. */
type Subject =
  | { readonly kind: 'stage'; readonly stage: StageId }
  | { readonly kind: 'edge'; readonly edge: EdgeId }
  | { readonly kind: 'node'; readonly key: string }
  | null

interface Inputs {
  readonly props: GraphPaneProps & { readonly store: PaneStore }
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly viewport: ViewportActions
}

/** The canvas from the keyboard. */
export function useKeys({ props, nodes, edges, viewport }: Inputs): (event: KeyboardEvent<HTMLDivElement>) => void {
  const { analysis, selection, store, perform, onSelect, onShowSource } = props
  const flow = useReactFlow<FlowNode, FlowEdge>()

  const subjectOf = (target: EventTarget): Subject => {
    if (!(target instanceof Element)) return null
    const key = target.closest<HTMLElement>('.react-flow__node')?.dataset['id']
    if (key !== undefined) {
      const stage = analysis.graph.stages.find(each => each.id === key)
      return stage === undefined ? { kind: 'node', key } : { kind: 'stage', stage: stage.id }
    }
    const id = target.closest('.react-flow__edge')?.getAttribute('data-id')
    const drawn = edges.find(edge => edge.id === id)?.data?.edge
    const [edge] = drawn?.edges ?? []
    if (edge !== undefined) return { kind: 'edge', edge }
    switch (selection.kind) {
      case 'none':
        return null
      case 'edge':
        return { kind: 'edge', edge: selection.edge }
      case 'stage':
      case 'step':
        return { kind: 'stage', stage: selection.stage }
    }
  }

  const placeOf = (key: string): Point => {
    const node = nodes.find(each => each.id === key)
    if (node === undefined) return { x: window.innerWidth / 2, y: window.innerHeight / 2 }
    return flow.flowToScreenPosition({ x: node.position.x + 24, y: node.position.y + 44 })
  }

  const remove = (subject: Subject) => {
    if (subject?.kind === 'stage') askToRemove(props, subject.stage, placeOf(subject.stage))
    if (subject?.kind !== 'edge') return
    const outcome = disconnect(analysis, subject.edge)
    if (!perform(outcome) || outcome.kind !== 'edits') return
    store.setState({ announcement: outcome.title })
    onSelect(nothingSelected)
  }

  const show = (subject: Subject) => {
    if (subject?.kind === 'edge') {
      const edge = analysis.graph.edges.find(each => each.id === subject.edge)
      if (edge !== undefined) onShowSource(edge.range)
    }
    if (subject?.kind !== 'stage') return
    const stage = analysis.graph.stages.find(each => each.id === subject.stage)
    const instruction = selection.kind === 'step' && selection.stage === subject.stage ? selection.instruction : null
    const step = stage?.steps.find(each => each.instruction === instruction)
    const range = step?.range ?? stage?.fromRange
    onSelect(step === undefined ? { kind: 'stage', stage: subject.stage } : selection)
    if (range !== undefined) onShowSource(range)
  }

  const focus = (node: FlowNode) => {
    viewport.reveal(node)
    focusWhenDrawn(node.id, 12)
  }

  const step = (subject: Subject, key: ArrowKey) => {
    const from = subject?.kind === 'stage' ? subject.stage : subject?.kind === 'node' ? subject.key : null
    const start = nodes.find(node => node.id === from)
    const next = start === undefined ? nodes[0] : neighbour(start, nodes, key)
    if (next !== undefined) focus(next)
  }

  return event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return
    const isButton = event.target instanceof HTMLButtonElement
    const subject = subjectOf(event.target)
    const stage = subject?.kind === 'stage' ? subject.stage : null
    const meaning = (): (() => void) | null => {
      switch (event.key) {
        case 'ArrowLeft':
        case 'ArrowRight':
        case 'ArrowUp':
        case 'ArrowDown': {
          const { key } = event
          return () => step(subject, key)
        }
        case 'Enter':
          return isButton || subject === null ? null : () => show(subject)
        case ' ':
          return isButton || stage === null ? null : () => onSelect({ kind: 'stage', stage })
        case 'F2':
          return stage === null ? null : () => store.setState({ renaming: stage })
        case 'c':
        case 'C':
          return stage === null
            ? null
            : () => store.setState({ opened: { kind: 'pick-stage', stage, at: placeOf(stage) } })
        case 'Delete':
        case 'Backspace':
          return subject === null ? null : () => remove(subject)
        case 'Escape':
          return selection.kind === 'none' ? null : () => onSelect(nothingSelected)
        case '0':
          return viewport.actualSize
        case '1':
          return viewport.fit
        case '+':
          return () => void flow.zoomIn()
        case '-':
          return () => void flow.zoomOut()
        default:
          return null
      }
    }
    const act = meaning()
    if (act === null) return
    event.preventDefault()
    act()
  }
}

/** A card outside the view is drawn only after the canvas has moved. */
function focusWhenDrawn(key: string, tries: number): void {
  const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(key)}"]`)
  if (node !== null) node.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusWhenDrawn(key, tries - 1))
}

type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const directions: Record<ArrowKey, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The nearest card in a direction; straight ahead counts for more than to the side. */
function neighbour(start: FlowNode, nodes: readonly FlowNode[], key: ArrowKey): FlowNode | undefined {
  const direction = directions[key]
  const from = middle(start)
  let best: FlowNode | undefined
  let least = Infinity
  for (const node of nodes) {
    if (node === start) continue
    const to = middle(node)
    const ahead = (to.x - from.x) * direction.x + (to.y - from.y) * direction.y
    const aside = Math.abs((to.x - from.x) * direction.y) + Math.abs((to.y - from.y) * direction.x)
    if (ahead < 16 || aside > ahead * 4) continue
    const cost = ahead + 2 * aside
    if (cost < least) {
      least = cost
      best = node
    }
  }
  return best
}

function middle(node: FlowNode): Point {
  return { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + (node.height ?? 0) / 2 }
}
