import {
  Background,
  BackgroundVariant,
  ReactFlow,
  useKeyPress,
  useReactFlow,
  useStore as useFlowStore,
} from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react'
import { useStore } from 'zustand'
import type { Point } from '../../shared/graph/layout.ts'
import { nothingSelected, selectedStages } from '../../shared/selection.ts'
import { AddPanel, Carried } from './AddPanel.tsx'
import { ConnectOverlay } from './ConnectOverlay.tsx'
import type { DrawnEdge } from '../../shared/drawing/edge-model.ts'
import { EdgeSelectContext } from './edge-select.ts'
import { EmptyCanvas, LayingOut } from './EmptyCanvas.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { GraphEdgeLine } from './GraphEdgeLine.tsx'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { builderFor } from './head-start.ts'
import { HelperLines } from './HelperLines.tsx'
import { Openings } from './Openings.tsx'
import { MiniMap } from './overview/MiniMap.tsx'
import { Overview } from './overview/Overview.tsx'
import { PassingLines } from './overview/PassingLines.tsx'
import { createSceneBuilder } from './overview/scene.ts'
import { CardActionsContext, type PaneStore } from './pane-store.ts'
import { SourceCard } from './SourceCard.tsx'
import { StageCard } from './StageCard.tsx'
import { createFlowBuilder, type FlowEdge, type FlowNode } from './to-flow.ts'
import { Toolbar } from './Toolbar.tsx'
import { useAdd } from './use-add.ts'
import { useArrange } from './use-arrange.ts'
import { useCardActionsFor } from './use-card-actions.ts'
import { useCarry } from './use-carry.ts'
import { useClipboard } from './use-clipboard.ts'
import { useConnect, useConnectDrag } from './use-connect-drag.ts'
import { useExpectedStage } from './use-expected-stage.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useDrawn } from './use-drawn.ts'
import { useFlash } from './use-flash.ts'
import { useKeys } from './use-keys.ts'
import { usePlaces } from './use-places.ts'
import { useReconnect } from './use-reconnect.ts'
import { useSelect } from './use-select.tsx'
import { useSteady } from './use-steady.ts'
import { useTabOrder } from './use-tab-order.ts'
import { useTrace } from './use-trace.ts'
import { rectangleOf, useViewport } from './use-viewport.ts'
import { areaOf, boundsOf, contains, hasMap, smallestZoom, zoomLevel, zoomLimits } from './viewport.ts'

const nodeTypes = { stage: StageCard, source: SourceCard }
const edgeTypes = { graph: GraphEdgeLine }
const none: readonly never[] = []
const attribution = { hideAttribution: true }
/** Nodes from which on the canvas seen from afar is one picture, and not a card for each. */
const overviewFrom = 60

export function Canvas(props: GraphPaneProps & { readonly store: PaneStore }) {
  const { analysis, selection, marks, placement, withoutProblems, onDrawn, store, onSelect } = props
  const unfolded = useStore(store, state => state.unfolded)
  const showContext = useStore(store, state => state.showContext)
  const addPanel = useStore(store, state => state.addPanel)
  const renaming = useStore(store, state => state.renaming)
  const announcement = useStore(store, state => state.announcement)
  const [buildModel] = useState(() => builderFor(analysis))
  const [builder] = useState(createFlowBuilder)
  const [buildScene] = useState(createSceneBuilder)
  const [dragged, setDragged] = useState<ReadonlyMap<string, Point> | null>(null)
  const pane = useRef<HTMLDivElement>(null)
  /** Where the empty canvas was pressed last: Tab adds there. */
  const pressed = useRef<Point | null>(null)
  const flow = useReactFlow<FlowNode, FlowEdge>()
  /** Then a drag pans wherever it begins. */
  const holdsSpace = useKeyPress('Space')

  const whole = useMemo(
    () => buildModel(analysis, { marks, selection, unfolded, showContext, withoutProblems }),
    [buildModel, analysis, marks, selection, unfolded, showContext, withoutProblems],
  )
  const { placed: model, positions, isLayingOut, isRouting } = usePlaces(whole, placement, builder)
  useEffect(() => {
    if (!withoutProblems || isLayingOut || isRouting) return
    const soon = requestIdleCallback(onDrawn, { timeout: 1_000 })
    return () => cancelIdleCallback(soon)
  }, [withoutProblems, isLayingOut, isRouting, onDrawn])
  const selected = useMemo(() => new Set<string>(selectedStages(selection)), [selection])
  const locked = useMemo(
    () => new Set([...placement].filter(([, place]) => place.locked === true).map(([key]) => key)),
    [placement],
  )
  const view = useMemo(() => ({ positions, selected, locked }), [positions, selected, locked])
  const nodes = useMemo(() => builder.nodes(model, view), [builder, model, view])
  const edges = useMemo(() => (isRouting ? none : builder.edges(model, view)), [builder, model, view, isRouting])

  const viewport = useViewport(pane, nodes, { selection, analysis, showContext })
  const bounds = useMemo(() => boundsOf(nodes.map(rectangleOf)), [nodes])
  const seesAll = useFlowStore(
    ({ transform: [x, y, zoom], ...size }) => bounds !== null && contains(areaOf({ x, y, zoom }, size), bounds),
  )
  const level = useFlowStore(state => zoomLevel(state.transform[2]))
  const hasRoomForMap = useFlowStore(size => hasMap(nodes.length, size))
  const isOverview = level === 'far' && nodes.length >= overviewFrom
  const [pointed, setPointed] = useState<string | null>(null)
  const drawn = useDrawn({
    nodes,
    edges,
    unrouted: isRouting ? model.edges : none,
    dragged,
    pointed,
    isHeldBack: isOverview || !viewport.isShown,
  })
  const fileDrop = useFileDrop({ ...props, nodes, edges })
  const startDrag = useConnectDrag({ analysis, nodes, store, pane })
  const actions = useCardActionsFor(
    props,
    store,
    useConnect(analysis, store, startDrag),
    useReconnect(props, startDrag),
  )
  const trace = useTrace({ graph: analysis.graph, model, store, isDragging: dragged !== null })
  useTabOrder(pane)
  useExpectedStage(props, store, positions)

  const arranging = useArrange({ props, model, positions, onDragged: setDragged, glide: viewport.glide })
  const { selectNode, box } = useSelect({ props, nodes, pane })
  const clipboard = useClipboard(props, pane)
  useFlash({ recalled: props.recalled, nodes, store, reveal: viewport.revealAll })

  const openMenu = ({ id, data: { content } }: FlowNode, at: Point) => {
    if (content.kind === 'stage') actions.openMenu(content.stage, at)
    else if (content.source === 'unresolved') actions.openSourceMenu(id, at)
  }

  const { approach } = viewport
  useEffect(() => {
    // A name is written on its card.
    const renamed = isOverview ? nodes.find(node => node.id === renaming) : undefined
    if (renamed !== undefined) approach(renamed)
  }, [renaming, isOverview, nodes, approach])

  const askForStage = (at: Point, place: boolean) => store.setState({ opened: { kind: 'quick-add', place, at } })

  const add = useAdd(props)
  const carry = useCarry({ nodes, store, pane, onAdd: (addition, at) => add(addition, at, true) })

  const onKeyDown = useKeys({
    props,
    nodes,
    edges,
    viewport,
    arranging,
    clipboard,
    askForStage: at => askForStage(at, false),
    isOverview,
  })

  const selectEdge = useCallback(
    (edge: DrawnEdge) => {
      const [first] = edge.edges
      if (first !== undefined) onSelect({ kind: 'edge', edge: first })
    },
    [onSelect],
  )

  const handlers = useSteady({
    // What comes under a pressed pointer is not what one looks at.
    onNodeMouseEnter: ({ buttons }: MouseEvent, node: FlowNode) => buttons === 0 && trace.enter(node.id),
    onNodeMouseLeave: trace.leave,
    onNodeDrag: arranging.onNodeDrag,
    onNodeDragStop: arranging.onNodeDragStop,
    onNodeClick: (event: MouseEvent, node: FlowNode) => selectNode(node, event),
    onEdgeClick: (_: MouseEvent, edge: FlowEdge) => edge.data && selectEdge(edge.data.edge),
    onEdgeDoubleClick({ clientX: x, clientY: y }: MouseEvent, edge: FlowEdge) {
      const [first] = edge.data?.edge.edges ?? []
      if (first !== undefined) actions.changeEdge(first, { x, y })
    },
    onNodeContextMenu(event: MouseEvent, node: FlowNode) {
      event.preventDefault()
      openMenu(node, { x: event.clientX, y: event.clientY })
    },
    onEdgeContextMenu(event: MouseEvent, edge: FlowEdge) {
      event.preventDefault()
      const [first] = edge.data?.edge.edges ?? []
      if (first === undefined) return
      onSelect({ kind: 'edge', edge: first })
      store.setState({ opened: { kind: 'edge-menu', edge: first, at: { x: event.clientX, y: event.clientY } } })
    },
    onPaneContextMenu(event: Pick<MouseEvent, 'preventDefault' | 'clientX' | 'clientY'>) {
      event.preventDefault()
      store.setState({ opened: { kind: 'canvas-menu', at: { x: event.clientX, y: event.clientY } } })
    },
    onPaneClick({ clientX, clientY }: MouseEvent) {
      pressed.current = { x: clientX, y: clientY }
      onSelect(nothingSelected)
    },
    onMoveStart: (event: unknown) => event !== null && viewport.touched(),
  })

  return (
    <div
      className="graph-pane"
      ref={pane}
      tabIndex={-1}
      data-level={level}
      data-gliding={viewport.isGliding}
      {...fileDrop}
      onFocus={trace.onFocus}
      onBlur={trace.leave}
      onKeyDown={event => {
        const isTab = event.key === 'Tab' && !event.shiftKey && !event.defaultPrevented
        if (!isTab || event.target !== pane.current || pressed.current === null) return onKeyDown(event)
        event.preventDefault()
        askForStage(pressed.current, true)
      }}
      onDoubleClick={event => {
        if (event.target instanceof Element && event.target.classList.contains('react-flow__pane'))
          askForStage({ x: event.clientX, y: event.clientY }, true)
      }}
    >
      <CardActionsContext value={actions}>
        <EdgeSelectContext value={selectEdge}>
          <ReactFlow<FlowNode, FlowEdge>
            nodes={drawn.nodes}
            edges={drawn.edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            {...handlers}
            nodesDraggable={!holdsSpace}
            nodesConnectable={false}
            edgesFocusable
            elevateNodesOnSelect={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            nodeDragThreshold={0}
            panOnDrag={[0, 1]}
            zoomOnDoubleClick={false}
            minZoom={smallestZoom(bounds)}
            maxZoom={zoomLimits.largest}
            proOptions={attribution}
          >
            <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} color="var(--canvas-dot)" />
            {hasRoomForMap && !isOverview && !seesAll && (
              <MiniMap nodes={nodes} edges={edges} buildScene={buildScene} onMove={viewport.touched} />
            )}
            {drawn.passing.length > 0 && (
              <PassingLines edges={drawn.passing} area={drawn.area} pane={pane} onPoint={setPointed} />
            )}
            {isOverview && (
              <Overview
                nodes={nodes}
                edges={edges}
                buildScene={buildScene}
                pane={pane}
                selected={selected}
                selectedEdge={selection.kind === 'edge' ? selection.edge : null}
                onSelect={selectNode}
                onShowSource={({ id }) => {
                  const stage = analysis.graph.stages.find(each => each.id === id)
                  if (stage !== undefined) props.onShowSource(stage.fromRange)
                }}
                onMenu={openMenu}
                onMove={arranging.move}
              />
            )}
            <ConnectOverlay nodes={nodes} />
            <HelperLines lines={arranging.lines} />
          </ReactFlow>
          {nodes.length === 0 && (isLayingOut ? <LayingOut /> : <EmptyCanvas />)}
          <Toolbar
            contextCount={model.contextCount}
            showContext={showContext}
            onToggleContext={() => store.setState({ showContext: !showContext })}
            onFit={() => viewport.fit()}
            onActualSize={viewport.actualSize}
            onZoomIn={() => void flow.zoomIn()}
            onZoomOut={() => void flow.zoomOut()}
            onTidy={() => arranging.tidy(null)}
            onAddStage={at => askForStage(at, false)}
            addPanel={addPanel}
            onAddPanel={() => store.setState({ addPanel: !addPanel })}
            onExport={at => store.setState({ opened: { kind: 'export-menu', at } })}
          />
          <Openings {...props} clipboard={clipboard} onAdd={add} />
          {addPanel && (
            <AddPanel
              analysis={analysis}
              images={props.images}
              onClose={() => store.setState({ addPanel: false })}
              onPick={addition => add(addition, middleOf(pane.current), false)}
              onPress={carry}
              onGive={addition => {
                const [to] = selectedStages(selection)
                const at = middleOf(pane.current)
                store.setState({
                  opened:
                    to === undefined ? { kind: 'carry-pick', addition, at } : { kind: 'carry-menu', addition, to, at },
                })
              }}
            />
          )}
          <Carried />
          <ExportMenu graph={analysis.graph} model={model} positions={positions} store={store} />
          {box}
          <div className="visually-hidden" role="status">
            {announcement}
          </div>
        </EdgeSelectContext>
      </CardActionsContext>
    </div>
  )
}

function middleOf(element: Element | null): Point {
  const { left = 0, top = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {}
  return { x: left + width / 2, y: top + height / 3 }
}
