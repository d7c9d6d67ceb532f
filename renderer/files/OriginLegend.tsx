import { shorten } from '../../shared/drawing/edge-words.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import type { Origin, Provenance } from '../../shared/files/provenance.ts'
import { stageTitle, type EdgeId, type StageGraph } from '../../shared/graph/stage-graph.ts'
import { formatBytes, formatCount } from '../ui/quantities.ts'

interface OriginLegendProps {
  readonly graph: StageGraph
  readonly provenance: Provenance
  /** Whose files alone are shown; null for all. */
  readonly only: number | null
  readonly onOnly: (origin: number | null) => void
  readonly onSelectEdge: (edge: EdgeId) => void
}

/** What brought the files of a stage, a button each: it shows those alone, and its line. */
export function OriginLegend({ graph, provenance, only, onOnly, onSelectEdge }: OriginLegendProps) {
  return (
    <div className="files-origins" role="group" aria-label="What brought the files">
      {provenance.origins.map((origin, at) => {
        const words = originWords(origin, graph)
        const weight = `${formatCount(origin.files, 'file')}, ${formatBytes(origin.bytes)}`
        const without = origin.edge === null ? '' : ' would go without it'
        return (
          <button
            key={`${origin.edge ?? ''} ${origin.stage} ${origin.isImage}`}
            type="button"
            className="files-origin"
            aria-pressed={only === at}
            title={`${words}: ${weight}${without}`}
            onClick={() => {
              onOnly(only === at ? null : at)
              if (only !== at && origin.edge !== null) onSelectEdge(origin.edge)
            }}
          >
            <span className="files-hue" style={{ background: originHue(origin, graph) }} aria-hidden />
            {shorten(words, 32)} <span className="files-origin-weight">{weight}</span>
          </button>
        )
      })}
    </div>
  )
}

/** Stages have hues, images none. */
export function originHue({ stage, isImage }: Origin, { stages }: StageGraph): string | undefined {
  const found = stages.find(({ id }) => id === stage)
  return found === undefined || isImage ? undefined : stageHue(found)
}

function originWords({ edge, stage, isImage }: Origin, { stages, edges }: StageGraph): string {
  const found = stages.find(({ id }) => id === stage)
  const title = found === undefined ? 'a stage' : stageTitle(found)
  if (isImage) return `image ${found?.base ?? ''}`
  const copied = edges.find(({ id }) => id === edge)
  return copied === undefined ? `steps of ${title}` : `${title} ${copied.sources.join(' ')}`
}
