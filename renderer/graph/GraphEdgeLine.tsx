import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useContext, type CSSProperties } from 'react'
import type { DrawnEdge } from '../../shared/drawing/edge-model.ts'
import { fittingText } from '../../shared/drawing/edge-words.ts'
import type { EdgeEnd } from '../../shared/edits/reconnect-end.ts'
import { EdgeSelectContext } from './edge-select.ts'
import { useCardActions, usePane } from './pane-store.ts'
import type { FlowEdge } from './to-flow.ts'

type HueStyle = CSSProperties & Record<'--hue', string> & { readonly '--width'?: string }

const smallestLabel = 48

/** One line of the graph with the pill that says what it carries. */
export const GraphEdgeLine = memo(function GraphEdgeLine({
  id,
  data,
  selected,
  sourceX,
  sourceY,
}: EdgeProps<FlowEdge>) {
  const dimmed = usePane(({ traced }) => traced?.edges.has(id) === false)
  const select = useContext(EdgeSelectContext)
  const actions = useCardActions()
  if (data === undefined) return null
  const { edge, route } = data
  const style: HueStyle = { '--hue': edge.hue, ...(edge.width !== null && { '--width': `${edge.width}px` }) }
  const { x, y } = route.end
  const width = Math.min(edge.labelWidth, route.labelRoom)
  const isShown = edge.label !== null && width >= Math.min(smallestLabel, edge.labelWidth)
  return (
    <>
      <g
        className="graph-edge"
        style={style}
        data-kind={edge.kind}
        data-selected={selected}
        data-running={edge.running}
        data-dimmed={dimmed}
        data-needed={edge.needed}
        data-critical={edge.critical || undefined}
        data-folded={edge.edges.length > 1}
        data-crowded={edge.crowded}
      >
        <path className="graph-edge-halo" d={route.path} />
        <path className="graph-edge-line" d={route.path} />
        <path className="graph-edge-tip" d={`M${x - 7},${y - 4} L${x - 1},${y} L${x - 7},${y + 4}`} />
        <path className="graph-edge-touch" d={route.path}>
          <title>{edge.label?.title ?? edge.description}</title>
        </path>
      </g>
      {edge.label !== null && isShown && (!edge.label.quiet || selected) && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className="edge-pill nodrag nopan"
            tabIndex={-1}
            data-edge={edge.id}
            style={{ ...style, transform: `translate(-100%, -50%) translate(${x - 14}px, ${y}px)`, maxWidth: width }}
            data-kind={edge.kind}
            data-selected={selected}
            data-needed={edge.needed}
            data-dimmed={dimmed}
            title={edge.label.title}
            onClick={event => {
              event.stopPropagation()
              select(edge)
            }}
            onDoubleClick={event => {
              event.stopPropagation()
              const [first] = edge.edges
              if (first !== undefined) actions.changeEdge(first, { x: event.clientX, y: event.clientY })
            }}
          >
            {edge.running && <span className="edge-running-mark">copying</span>}
            {fittingText(edge.label, width)}
          </button>
        </EdgeLabelRenderer>
      )}
      {selected === true && edge.kind !== 'context' && (
        <EdgeLabelRenderer>
          <EdgeEndGrip edge={edge} end="source" x={sourceX + 5} y={sourceY} />
          <EdgeEndGrip edge={edge} end="target" x={x - 5} y={y} />
        </EdgeLabelRenderer>
      )}
    </>
  )
})

interface EdgeEndGripProps {
  readonly edge: DrawnEdge
  readonly end: EdgeEnd
  readonly x: number
  readonly y: number
}

/** An end of a selected edge, to be dragged to another card. */
function EdgeEndGrip({ edge, end, x, y }: EdgeEndGripProps) {
  const actions = useCardActions()
  return (
    <div
      className="edge-end nodrag nopan"
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      data-end={end}
      title={end === 'source' ? 'Drag to what it takes from instead' : 'Drag to the stage it goes to instead'}
      onPointerDown={event => {
        const [id] = edge.edges
        if (event.button !== 0 || id === undefined) return
        event.preventDefault()
        event.stopPropagation()
        actions.startReconnect(id, end, { x: event.clientX, y: event.clientY })
      }}
    />
  )
}
