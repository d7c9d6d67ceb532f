import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useContext, type CSSProperties } from 'react'
import { EdgeSelectContext } from './edge-select.ts'
import type { FlowEdge } from './to-flow.ts'

type HueStyle = CSSProperties & Record<'--hue', string> & { readonly '--width'?: string }

const smallestLabel = 48

/** One line of the graph with the pill that says what it carries. */
export const GraphEdgeLine = memo(function GraphEdgeLine({ data, selected }: EdgeProps<FlowEdge>) {
  const select = useContext(EdgeSelectContext)
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
        data-needed={edge.needed}
        data-critical={edge.critical || undefined}
        data-folded={edge.edges.length > 1}
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
            title={edge.label.title}
            onClick={event => {
              event.stopPropagation()
              select(edge)
            }}
          >
            {edge.running && <span className="edge-running-mark">copying</span>}
            {edge.label.text}
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
})
