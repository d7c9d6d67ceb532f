import { useReactFlow } from '@xyflow/react'
import { useEffect, type KeyboardEvent } from 'react'
import { commandOf, type CommandId } from '../../shared/commands.ts'
import { chordOf } from '../../shared/key-chords.ts'
import { disconnect } from '../../shared/edits/disconnect.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import { nothingSelected, type Selection } from '../../shared/selection.ts'
import type { CommandHandlers } from '../commands/command-registry.ts'
import { isApple, useChords, useCommands } from '../commands/use-commands.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { askToRemove } from './ask-to-remove.ts'
import type { CopySource, Opened, PaneStore } from './pane-store.ts'
import { chosenStages, severalCommands } from './several-commands.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'
import type { Arranging } from './use-arrange.ts'
import type { Clipboard } from './use-clipboard.ts'
import { copySource } from './use-connect-drag.ts'
import { useEdgeWalk } from './use-edge-walk.ts'
import { useLatest } from './use-latest.ts'
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
  readonly arranging: Arranging
  readonly clipboard: Clipboard
  /** With the place, in window pixels, at which to ask for the stage. */
  readonly askForStage: (at: Point) => void
  /** Cards are painted and cannot have the focus: the arrow keys select instead. */
  readonly isOverview: boolean
}

/** The canvas from the keyboard, and what it offers to the command palette. */
export function useKeys(inputs: Inputs): (event: KeyboardEvent<HTMLDivElement>) => void {
  const { props, nodes, edges, viewport, isOverview } = inputs
  const { analysis, selection, store, perform, catchUp, onSelect, onShowSource } = props
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const walkEdges = useEdgeWalk(edges)

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
    return subjectOfSelection(selection)
  }

  const open = (opened: Opened) => store.setState({ opened })

  const placeOf = (key: string): Point => {
    const node = nodes.find(each => each.id === key)
    if (node === undefined) return { x: window.innerWidth / 2, y: window.innerHeight / 2 }
    return flow.flowToScreenPosition({ x: node.position.x + 24, y: node.position.y + 44 })
  }

  const write = (outcome: EditOutcome, next: Selection) => {
    if (!perform(outcome) || outcome.kind !== 'edits') return
    store.setState({ announcement: outcome.title })
    onSelect(next)
  }

  const remove = (subject: Subject) => {
    if (subject?.kind === 'edge') write(disconnect(analysis, subject.edge), nothingSelected)
    if (subject?.kind !== 'stage') return
    const { stage } = subject
    if (selection.kind === 'step' && selection.stage === stage)
      write(removeInstruction(analysis, selection.instruction), { kind: 'stage', stage })
    else askToRemove(props, chosenStages(selection, stage), placeOf(stage))
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
    const { content } = node.data
    if (!isOverview) focusWhenDrawn(node.id, 12)
    else if (content.kind === 'stage') {
      onSelect({ kind: 'stage', stage: content.stage })
      store.setState({ announcement: node.ariaLabel ?? content.title })
    }
  }

  const walk = (subject: Subject, by: 1 | -1) => {
    const card = subject?.kind === 'stage' ? subject.stage : subject?.kind === 'node' ? subject.key : null
    const from = subject?.kind === 'edge' ? subject : card === null ? null : { card }
    const next = walkEdges(from, by)?.data?.edge
    const [edge] = next?.edges ?? []
    if (next === undefined || edge === undefined) return
    onSelect({ kind: 'edge', edge })
    if (isOverview) store.setState({ announcement: next.description })
    // Folded ones unfold, and bear their own ids then.
    else focusWhenDrawn(edge, 12)
  }

  const step = (subject: Subject, key: ArrowKey) => {
    if (subject?.kind === 'edge') {
      const { source, target } = edges.find(({ data }) => data?.edge.edges.includes(subject.edge)) ?? {}
      const end = nodes.find(({ id }) => id === (key === 'ArrowLeft' ? source : target))
      if (key === 'ArrowUp' || key === 'ArrowDown') walk(subject, key === 'ArrowUp' ? -1 : 1)
      else if (end !== undefined) focus(end)
      return
    }
    const from = subject?.kind === 'stage' ? subject.stage : subject?.kind === 'node' ? subject.key : null
    const start = nodes.find(node => node.id === from)
    const choice = isOverview ? nodes.filter(node => node.type === 'stage') : nodes
    const next = start === undefined ? choice[0] : neighbour(start, choice, key)
    if (next !== undefined) focus(next)
  }

  const actsOn = (subject: Subject): CommandHandlers => {
    const stage = subject?.kind === 'stage' ? subject.stage : null
    const onStage = (act: (stage: StageId) => void) => (stage === null ? null : () => act(stage))
    const onEdge = (act: (edge: EdgeId) => void) => (subject?.kind === 'edge' ? () => act(subject.edge) : null)
    const card = stage ?? (subject?.kind === 'node' ? subject.key : '')
    const source = copySource(analysis, card)
    const onSource = (act: (source: CopySource) => void) => (source === null ? null : () => act(source))
    const targetOf = (edge: EdgeId) => analysis.graph.edges.find(({ id }) => id === edge)?.to ?? ''
    const { onBuild, onShowFiles } = props
    return {
      ...severalCommands(inputs, stage),
      'canvas.fit': () => viewport.fit(),
      'canvas.actualSize': viewport.actualSize,
      'canvas.zoomIn': () => void flow.zoomIn(),
      'canvas.zoomOut': () => void flow.zoomOut(),
      'canvas.tidy': () => inputs.arranging.tidy(null),
      'canvas.context': () => store.setState(({ showContext }) => ({ showContext: !showContext })),
      'canvas.export': () => open({ kind: 'export-menu', at: placeOf('') }),
      'canvas.addPanel': () => store.setState(({ addPanel }) => ({ addPanel: !addPanel })),
      'canvas.addStage': () => inputs.askForStage(placeOf(stage ?? '')),
      'canvas.nextEdge': () => walk(subject, 1),
      'canvas.previousEdge': () => walk(subject, -1),
      'canvas.deselect': selection.kind === 'none' ? null : () => onSelect(nothingSelected),
      'stage.showText': subject === null ? null : () => show(subject),
      'stage.rename': onStage(renaming => store.setState({ renaming })),
      'stage.connect': onSource(source => open({ kind: 'pick-stage', source, at: placeOf(card) })),
      'stage.addNext': onSource(source => open({ kind: 'drop-menu', source, at: placeOf(card) })),
      'stage.copyContext': onStage(to => open({ kind: 'connect-context', to, sources: ['.'], at: placeOf(to) })),
      'stage.changeBase': onStage(each => open({ kind: 'change-base', stage: each, at: placeOf(each) })),
      'edge.change': onEdge(edge => open({ kind: 'edge-paths', edge, at: placeOf(targetOf(edge)) })),
      'edge.reconnect': onEdge(edge => open({ kind: 'pick-end', edge, end: 'source', at: placeOf(targetOf(edge)) })),
      'edge.move': onEdge(edge => open({ kind: 'pick-end', edge, end: 'target', at: placeOf(targetOf(edge)) })),
      'stage.remove': subject === null || subject.kind === 'node' ? null : () => remove(subject),
      'stage.build': onBuild === null ? null : onStage(onBuild),
      'stage.files': onShowFiles === null ? null : onStage(onShowFiles),
    }
  }

  // What is offered changes with the selection, not with every drawing.
  const { registry } = useCommands()
  const holdsFiles = props.onShowFiles !== null
  const canBuild = props.onBuild !== null
  const latest = useLatest(() => actsOn(subjectOfSelection(selection)))
  useEffect(() => {
    const offered = Object.entries(latest.current()) as [CommandId, (() => void) | null][]
    return registry.provide(
      Object.fromEntries(
        offered.map(([id, act]) => [
          id,
          act &&
            (() => {
              catchUp()
              latest.current()[id]?.()
            }),
        ]),
      ),
    )
  }, [registry, latest, catchUp, selection, holdsFiles, canBuild])

  const chords = useChords()
  return event => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return
    if (event.target instanceof HTMLSelectElement || event.target instanceof HTMLTextAreaElement) return
    const subject = subjectOf(event.target)
    const act = meaningOf(event, subject)
    if (!act) return
    event.preventDefault()
    act()
  }

  function meaningOf(event: KeyboardEvent, subject: Subject): (() => void) | null | undefined {
    const isButton = event.target instanceof HTMLButtonElement
    const chord = chordOf(event.nativeEvent, isApple) ?? ''
    if (isArrow(chord)) return () => step(subject, chord)
    if (isButton && (chord === 'Enter' || chord === 'Space')) return null
    if (chord === 'Space')
      return subject?.kind === 'stage' ? () => onSelect({ kind: 'stage', stage: subject.stage }) : null
    // The browser makes events of these, which alone may read and write the clipboard unasked.
    if (clipboardChords.has(chord)) return null
    const command = chords.get(chord)
    return command !== undefined && commandOf(command).onCanvas ? actsOn(subject)[command] : null
  }
}

const clipboardChords = new Set(['Mod+C', 'Mod+X', 'Mod+V'])

/** A card outside the view is drawn only after the canvas has moved, and an edge that only passed once it is selected. */
function focusWhenDrawn(key: string, tries: number): void {
  const id = CSS.escape(key)
  const found = document.querySelector<HTMLElement | SVGElement>(
    `.react-flow__node[data-id="${id}"], .react-flow__edge[data-id="${id}"]`,
  )
  if (found !== null) found.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusWhenDrawn(key, tries - 1))
}

function subjectOfSelection(selection: Selection): Subject {
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

type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

function isArrow(chord: string): chord is ArrowKey {
  return chord in directions
}

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
