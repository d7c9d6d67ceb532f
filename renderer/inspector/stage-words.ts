import type { Analysis } from '../../shared/analysis.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import { choiceText, neededWhen } from '../../shared/graph/needed-when.ts'
import type { GraphEdge, Stage, StageId } from '../../shared/graph/stage-graph.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { whyNotNeeded } from '../../shared/graph/why-not-needed.ts'

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

/** Why a build of the target leaves the stage out, or with which values it would not. */
export function whyLeftOut(analysis: Analysis, stage: StageId): string {
  const choice = neededWhen(analysis).get(stage)
  return choice === undefined ? (whyNotNeeded(analysis.graph).get(stage) ?? '') : `Needed when ${choiceText(choice)}.`
}
