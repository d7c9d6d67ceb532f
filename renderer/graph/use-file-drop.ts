import { useReactFlow } from '@xyflow/react'
import { useEffect, type DragEvent } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import { mainContextKey } from '../../shared/drawing/card-model.ts'
import { addSources } from '../../shared/edits/add-sources.ts'
import { connectionNotice, connectionRefusal } from '../../shared/edits/connect-stages.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { exactSource } from '../../shared/files/copy-match.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import { offers, type OfferedFiles } from '../files/offered-files.ts'
import { nodeAt, stageOf } from './hit-test.ts'
import type { Connecting, PaneStore } from './pane-store.ts'
import type { FlowEdge, FlowNode } from './to-flow.ts'

interface Inputs {
  readonly analysis: Analysis
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly store: PaneStore
  readonly perform: (outcome: EditOutcome) => boolean
  readonly contextPaths: (files: readonly File[]) => Promise<readonly string[] | null>
}

/**
 * Files dragged from the tree: onto a card they are asked about, onto an edge of their stage they join what it takes.
 * Files of the system dropped on a card are copied from the build context.
 */
export function useFileDrop({ analysis, nodes, edges, store, perform, contextPaths }: Inputs) {
  const flow = useReactFlow<FlowNode, FlowEdge>()

  useEffect(
    () =>
      offers.subscribe(({ asked, dragged }) => {
        if (dragged === null && store.getState().connecting !== null) store.setState({ connecting: null })
        if (asked === null) return
        offers.setState({ asked: null })
        const { stage, at } = asked
        const source = { kind: 'stage', stage } as const
        store.setState({ opened: { kind: 'pick-stage', source, sources: sourcesOf(analysis, asked), at } })
      }),
    [analysis, store],
  )

  const stageAt = (pointer: Point) => stageOf(nodeAt(flow, nodes, pointer))

  /** What a drop at this place would do. */
  const over = (
    offered: OfferedFiles,
    pointer: Point,
  ): Pick<Connecting, 'over' | 'message'> & { edge: EdgeId | null } => {
    const stage = stageAt(pointer)
    if (stage !== null) {
      const reason = connectionRefusal(analysis, offered.stage, stage)
      const text = reason ?? connectionNotice(analysis, offered.stage, stage)
      return { over: stage, edge: null, message: text === null ? null : { text, refused: reason !== null } }
    }
    const edge = edgeAt(pointer, edges)
    const outcome = edge === null ? null : addOffered(analysis, edge, offered)
    if (outcome === null) return { over: null, edge: null, message: null }
    const text = outcome.kind === 'refused' ? outcome.reason : outcome.title
    return { over: null, edge, message: { text, refused: outcome.kind === 'refused' } }
  }

  const onDragOver = (event: DragEvent) => {
    const offered = offers.getState().dragged
    const pointer = { x: event.clientX, y: event.clientY }
    if (offered === null) {
      if (event.dataTransfer.types.includes('Files')) showSystemFiles(stageAt(pointer), pointer)
      return
    }
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    const refusals = new Map(
      analysis.graph.stages.map(({ id }) => [id, connectionRefusal(analysis, offered.stage, id)] as const),
    )
    store.setState({
      connecting: {
        from: offered.stage,
        end: 'target',
        pointer,
        refusals,
        ...over(offered, pointer),
      },
    })
  }

  /** Which files they are is not told before they are dropped. */
  const showSystemFiles = (over: StageId | null, pointer: Point) => {
    const { stages } = analysis.graph
    const refusals = new Map(stages.map(({ id }) => [id, null]))
    const connecting = { from: mainContextKey, end: 'target', pointer, refusals, over, message: null } as const
    store.setState({ connecting: over === null ? null : connecting })
  }

  const dropSystemFiles = async (to: StageId, files: readonly File[], at: Point) => {
    store.setState({ connecting: null })
    const paths = await contextPaths(files)
    const sources = paths?.map(path => exactSource(path, analysis.file.escape))
    if (sources !== undefined) store.setState({ opened: { kind: 'connect-context', to, sources, at } })
  }

  const onDrop = (event: DragEvent) => {
    const offered = offers.getState().dragged
    const at = { x: event.clientX, y: event.clientY }
    if (offered === null) {
      const stage = stageAt(at)
      const files = [...event.dataTransfer.files]
      if (stage === null || files.length === 0) return
      event.preventDefault()
      void dropSystemFiles(stage, files, at)
      return
    }
    event.preventDefault()
    const { over: to, edge, message } = over(offered, at)
    offers.setState({ dragged: null })
    if (edge !== null) perform(addOffered(analysis, edge, offered))
    else if (to !== null && message?.refused !== true)
      store.setState({
        opened: {
          kind: 'connect',
          source: { kind: 'stage', stage: offered.stage },
          to,
          sources: sourcesOf(analysis, offered),
          at,
        },
      })
  }

  const onDragLeave = (event: DragEvent) => {
    const isWithin = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
    if (!isWithin) store.setState({ connecting: null })
  }

  return { onDragOver, onDrop, onDragLeave }
}

function addOffered(analysis: Analysis, edge: EdgeId, offered: OfferedFiles): EditOutcome {
  const from = analysis.graph.edges.find(({ id }) => id === edge)?.from
  if (from?.kind !== 'stage' || from.stage !== offered.stage)
    return { kind: 'refused', reason: 'That connection takes from elsewhere: drop the files on a stage.' }
  return addSources(analysis, edge, sourcesOf(analysis, offered))
}

function sourcesOf(analysis: Analysis, { paths }: OfferedFiles): readonly string[] {
  return paths.map(path => exactSource(`/${path}`, analysis.file.escape))
}

/** The one edge drawn at a place; of several in one line, none. */
function edgeAt({ x, y }: Point, edges: readonly FlowEdge[]): EdgeId | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>('[data-edge], .react-flow__edge')
    const drawn = edges.find(each => each.id === (id?.dataset.edge ?? id?.dataset.id))?.data?.edge.edges ?? []
    if (drawn.length === 1) return drawn[0] ?? null
  }
  return null
}
