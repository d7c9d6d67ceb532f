import { useReactFlow } from '@xyflow/react'
import { useStore } from 'zustand'
import { connectionRefusal } from '../../shared/edits/connect-stages.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { endRefusal, reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import { type Diagnostic, type GraphEdge, type StageId } from '../../shared/graph/stage-graph.ts'
import { nothingSelected, selectedStages } from '../../shared/selection.ts'
import { askToRemove } from './ask-to-remove.ts'
import { CanvasMenu } from './CanvasMenu.tsx'
import { CarryMenu } from './CarryMenu.tsx'
import { ContextConnection, StageConnection } from './Connections.tsx'
import { EdgePopover } from './EdgePopover.tsx'
import { nodeKey } from '../../shared/drawing/card-model.ts'
import { describeEdge } from '../../shared/drawing/edge-words.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { FixEntries } from './FixEntries.tsx'
import { CardMenu, DropMenu, EdgeMenu, SourceMenu } from './menus.tsx'
import type { Opened, PaneStore } from './pane-store.ts'
import { PickStagePopover } from './PickStagePopover.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { stageToFollow, type Add } from './use-add.ts'
import type { Clipboard } from './use-clipboard.ts'
import { AddStagePopover, ChangeBasePopover, RemoveStagesPopover } from './StagePopovers.tsx'

interface OpeningsProps extends GraphPaneProps {
  readonly store: PaneStore
  readonly clipboard: Clipboard
  readonly onAdd: Add
}

/** Whatever menu or popover is open. Each asks for an edit and closes; none keeps anything. */
export function Openings(props: OpeningsProps) {
  const opened = useStore(props.store, state => state.opened)
  return opened === null ? null : <Opening {...props} opened={opened} />
}

function Opening({ opened, ...props }: OpeningsProps & { readonly opened: Opened }) {
  const { analysis, store, clipboard, perform, onSelect, onBuild, onShowFiles } = props
  const flow = useReactFlow()
  const close = () => store.setState({ opened: null })
  const open = (next: Opened) => store.setState({ opened: next })
  const { at } = opened
  const stageOf = (id: StageId) => analysis.graph.stages.find(each => each.id === id)

  const write = (outcome: EditOutcome, said?: string, announcement?: string) => {
    close()
    const isWritten = perform(outcome, said)
    if (isWritten && outcome.kind === 'edits') store.setState({ announcement: announcement ?? outcome.title })
    return isWritten
  }

  /** Writes, and goes on to the form of the edge that came into the stage by that, or was there. */
  const more = (outcome: EditOutcome, edge: Pick<GraphEdge, 'to'> & Partial<GraphEdge>, act = () => write(outcome)) => {
    const known = new Set(analysis.graph.edges.map(each => each.id))
    const isUnchanged = outcome.kind === 'edits' && outcome.edits.length === 0
    if (isUnchanged) close()
    if (isUnchanged || act())
      props.onShowForm(({ id, to }) => (isUnchanged ? id === edge.id : to === edge.to && !known.has(id)))
  }
  const fixesOf = (isMeant: (diagnostic: Diagnostic) => boolean) => (
    <FixEntries analysis={analysis} diagnostics={analysis.diagnostics.filter(isMeant)} onFix={write} />
  )
  const fixesOfEdges = (edges: readonly GraphEdge[]) =>
    fixesOf(({ range: { from } }) => edges.some(({ range }) => range.from <= from && from < range.to))

  switch (opened.kind) {
    case 'card-menu': {
      const stage = stageOf(opened.stage)
      if (stage === undefined) return null
      const selected = selectedStages(props.selection)
      const chosen = selected.includes(stage.id) ? selected : [stage.id]
      const then = (act: () => void) => () => {
        close()
        act()
      }
      const base = analysis.graph.edges.find(({ kind, to }) => kind === 'base' && to === stage.id)?.from
      return (
        <CardMenu
          stage={stage}
          at={at}
          fixes={fixesOf(diagnostic => diagnostic.stage === stage.id)}
          onClose={close}
          onRename={then(() => store.setState({ renaming: stage.id }))}
          onBuild={onBuild && then(() => onBuild(stage.id))}
          onShowFiles={onShowFiles && then(() => onShowFiles(stage.id))}
          onShowBase={base?.kind === 'image' ? then(() => props.onShowImage(base.reference)) : null}
          onChangeBase={() => open({ kind: 'change-base', stage: stage.id, at })}
          onCopyFrom={() => open({ kind: 'pick-stage', source: { kind: 'stage', stage: stage.id }, at })}
          onCopyContext={() => open({ kind: 'connect-context', to: stage.id, sources: ['.'], at })}
          onAddNext={() => open({ kind: 'drop-menu', source: { kind: 'stage', stage: stage.id }, at })}
          onCopy={then(() => clipboard.copy(chosen))}
          onCut={then(() => clipboard.cut(chosen))}
          onDuplicate={then(() => clipboard.duplicate(chosen))}
          onShowSource={then(() => props.onShowSource(stage.fromRange))}
          onRemove={then(() => askToRemove(props, chosen, at))}
        />
      )
    }
    case 'export-menu':
      return null
    case 'canvas-menu':
      return <CanvasMenu at={at} onClose={close} onAddStage={() => open({ kind: 'quick-add', place: true, at })} />
    case 'source-menu': {
      const edges = analysis.graph.edges.filter(each => nodeKey(each.from) === opened.source)
      const [first] = edges
      if (first === undefined) return null
      return (
        <SourceMenu
          label={`Actions for ${sourceTitle(first.from, analysis.graph.stages)}`}
          at={at}
          fixes={fixesOfEdges(edges)}
          onClose={close}
          onShowSource={() => {
            close()
            props.onShowSource(first.range)
          }}
        />
      )
    }
    case 'edge-menu': {
      const edge = analysis.graph.edges.find(each => each.id === opened.edge)
      if (edge === undefined) return null
      return (
        <EdgeMenu
          label={describeEdge([edge], analysis.graph.stages)}
          at={at}
          fixes={fixesOfEdges([edge])}
          onClose={close}
          onShowSource={() => {
            close()
            props.onShowSource(edge.range)
          }}
          onChange={() => open({ kind: 'edge-paths', edge: edge.id, at })}
          onReconnect={end => open({ kind: 'pick-end', edge: edge.id, end, at })}
          onRemove={() => {
            if (write(disconnect(analysis, edge.id))) onSelect(nothingSelected)
          }}
          sources={edge.kind !== 'mount' && edge.sources.length > 1 ? edge.sources : []}
          onRemoveSource={source => write(disconnectSource(analysis, edge.id, source))}
        />
      )
    }
    case 'edge-paths': {
      const edge = analysis.graph.edges.find(each => each.id === opened.edge)
      const to = edge && stageOf(edge.to)
      if (edge === undefined || to === undefined) return null
      return edge.kind === 'base' ? (
        <ChangeBasePopover
          analysis={analysis}
          images={props.images}
          stage={to}
          at={at}
          onClose={close}
          onChange={outcome => write(outcome)}
        />
      ) : (
        <EdgePopover
          analysis={analysis}
          edge={edge}
          to={to}
          at={at}
          onClose={close}
          onChange={outcome => write(outcome)}
          onMore={outcome => more(outcome, edge)}
        />
      )
    }
    case 'drop-menu': {
      const { source } = opened
      const base = sourceTitle(source, analysis.graph.stages)
      return (
        <DropMenu
          source={source}
          at={at}
          onClose={close}
          onBuildOn={() => open({ kind: 'add-stage', base, copyFrom: null, place: true, at })}
          onCopyFrom={() => open({ kind: 'add-stage', base: '', copyFrom: source, place: true, at })}
        />
      )
    }
    case 'pick-end': {
      const { edge, end } = opened
      return (
        <PickStagePopover
          title={end === 'source' ? 'Take from…' : 'Move to…'}
          stages={analysis.graph.stages}
          refusalOf={each => endRefusal(analysis, edge, end, each)}
          at={at}
          onClose={close}
          onPick={stage => {
            if (write(reconnectEnd(analysis, edge, end, { kind: 'stage', stage }))) onSelect(nothingSelected)
          }}
        />
      )
    }
    case 'pick-stage': {
      const { source, sources = [] } = opened
      if (source.kind === 'stage' && stageOf(source.stage) === undefined) return null
      return (
        <PickStagePopover
          title={['Copy', ...sources, 'from', sourceTitle(source, analysis.graph.stages), 'to…'].join(' ')}
          stages={analysis.graph.stages}
          refusalOf={to => (source.kind === 'image' ? null : connectionRefusal(analysis, source.stage, to))}
          at={at}
          onClose={close}
          onPick={to => open({ ...opened, kind: 'connect', to })}
        />
      )
    }
    case 'connect':
    case 'connect-context': {
      const to = stageOf(opened.to)
      if (to === undefined) return null
      const connection = { analysis, to, at, onClose: close, onWrite: write, onMore: more }
      return opened.kind === 'connect' ? (
        <StageConnection {...connection} source={opened.source} sources={opened.sources ?? []} />
      ) : (
        <ContextConnection {...connection} sources={opened.sources} />
      )
    }
    case 'quick-add':
      return (
        <QuickAdd
          analysis={analysis}
          images={props.images}
          at={at}
          onClose={close}
          onPick={addition => props.onAdd(addition, at, opened.place)}
        />
      )
    case 'carry-pick':
      return (
        <PickStagePopover
          title="Give it to…"
          stages={analysis.graph.stages}
          refusalOf={() => null}
          at={at}
          onClose={close}
          onPick={to => open({ ...opened, kind: 'carry-menu', to })}
        />
      )
    case 'carry-menu': {
      const to = stageOf(opened.to)
      if (to === undefined) return null
      return (
        <CarryMenu
          analysis={analysis}
          addition={opened.addition}
          to={to}
          at={at}
          onClose={close}
          onCopy={source => open({ kind: 'connect', source, to: to.id, at })}
          onBase={outcome => write(outcome)}
        />
      )
    }
    case 'add-stage': {
      const { copyFrom, place } = opened
      const source = copyFrom?.kind === 'stage' ? copyFrom.stage : null
      return (
        <AddStagePopover
          analysis={analysis}
          images={props.images}
          base={opened.base}
          after={read => stageToFollow(analysis, props.selection, [source, read.kind === 'stage' ? read.stage : null])}
          at={at}
          onClose={close}
          onAdd={outcome => {
            const known = new Set(analysis.graph.stages.map(stage => stage.id))
            store.setState({
              expected: { known, place: place ? flow.screenToFlowPosition(at) : null, copyFrom, at },
            })
            if (!write(outcome)) store.setState({ expected: null })
          }}
        />
      )
    }
    case 'change-base': {
      const stage = stageOf(opened.stage)
      if (stage === undefined) return null
      return (
        <ChangeBasePopover
          analysis={analysis}
          images={props.images}
          stage={stage}
          at={at}
          onClose={close}
          onChange={outcome => write(outcome)}
        />
      )
    }
    case 'remove-stages': {
      const stages = analysis.graph.stages.filter(stage => opened.stages.includes(stage.id))
      if (stages.length === 0) return null
      return (
        <RemoveStagesPopover
          analysis={analysis}
          stages={stages}
          at={at}
          onClose={close}
          onRemove={outcome => {
            if (write(outcome)) onSelect(nothingSelected)
          }}
        />
      )
    }
  }
}
