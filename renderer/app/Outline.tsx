import { useStore } from 'zustand'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import type { GraphEdge, Stage } from '../../shared/graph/stage-graph.ts'
import { selectedStages } from '../../shared/selection.ts'
import type { Session } from '../source/session.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'

/** The graph as a list: every stage, and what it takes from where. */
export function Outline({ session }: { session: Session }) {
  const { stages, edges, target } = useStore(session.store, state => state.analysis.graph)
  const selection = useStore(session.store, state => state.selection)
  return (
    <nav className="outline" aria-label="Outline">
      <ul>
        {stages.map(stage => (
          <li key={stage.id}>
            <button
              type="button"
              className="outline-stage"
              aria-current={selection.kind === 'stage' && selectedStages(selection).includes(stage.id)}
              data-unreachable={!stage.reachable || undefined}
              onClick={() => session.select({ kind: 'stage', stage: stage.id })}
            >
              <span className="outline-hue" style={{ backgroundColor: stageHue(stage) }} aria-hidden />
              <span
                className="outline-name"
                title={stageTitle(stage)}
                data-unnamed={stage.writtenName === null || undefined}
              >
                {stageTitle(stage)}
              </span>
              {stage.id === target && <span className="badge">target</span>}
              <span className="outline-line">{stage.startLine}</span>
            </button>
            <ul>
              {edges
                .filter(edge => edge.to === stage.id && edge.kind !== 'context')
                .map(edge => (
                  <li key={edge.id}>
                    <button
                      type="button"
                      className="outline-edge"
                      aria-current={selection.kind === 'edge' && selection.edge === edge.id}
                      title={edgeWords(edge, stages)}
                      onClick={() => session.select({ kind: 'edge', edge: edge.id })}
                    >
                      <span className="outline-keyword">{edge.keyword}</span> {sourceTitle(edge.from, stages)}
                      {edge.sources.length > 0 && <span className="outline-path"> {edge.sources.join(' ')}</span>}
                    </button>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
      {stages.length === 0 && <p className="quiet">No stages yet. Write FROM, or add a stage on the canvas.</p>}
    </nav>
  )
}

function edgeWords(edge: GraphEdge, stages: readonly Stage[]): string {
  const from = sourceTitle(edge.from, stages)
  const paths = edge.destination === '' ? '' : `: ${[edge.sources.join(' '), edge.destination].join(' → ')}`
  return `${edge.keyword} from ${from}${paths}, line ${edge.line}`
}
