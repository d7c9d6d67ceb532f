import { sourceTitle } from '../../shared/graph/edge-source.ts'
import type { GraphEdge, Stage } from '../../shared/graph/stage-graph.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'

/** The words for an edge as one of its ends sees it: what is taken and where it goes. */
export function edgeGist(edge: GraphEdge): string {
  switch (edge.kind) {
    case 'base':
      return 'builds on it'
    case 'mount':
      return `mounted at ${edge.destination}`
    case 'copy':
    case 'context':
      return `${edge.sources.join(' ')} → ${edge.destination}`
  }
}

export function otherEnd(edge: GraphEdge, stage: Stage, stages: readonly Stage[]): string {
  if (edge.to === stage.id) return sourceTitle(edge.from, stages)
  const to = stages.find(each => each.id === edge.to)
  return to === undefined ? 'a stage' : stageTitle(to)
}
