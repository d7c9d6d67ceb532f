import type { Analysis } from '../../shared/analysis.ts'
import type { MapOffset, TextRange } from '../../shared/text/text-edit.ts'
import { stageAt } from '../../shared/graph/stage-at.ts'
import type { GraphEdge } from '../../shared/graph/stage-graph.ts'
import { nothingSelected, type Selection } from '../../shared/selection.ts'

/** What the cursor stands in: an instruction that draws an edge selects the edge, a FROM its stage, the rest a step. */
export function selectionAt({ graph }: Analysis, offset: number): Selection {
  const stage = stageAt(graph.stages, offset)
  if (!stage || offset > stage.range.to) return nothingSelected
  if (offset <= stage.fromRange.to) return { kind: 'stage', stage: stage.id }
  const step = stage.steps.find(candidate => candidate.range.from <= offset && offset <= candidate.range.to)
  if (!step) return { kind: 'stage', stage: stage.id }
  const edge = graph.edges.find(
    candidate => candidate.to === stage.id && candidate.kind === 'copy' && candidate.range.from === step.range.from,
  )
  if (edge) return { kind: 'edge', edge: edge.id }
  return { kind: 'step', stage: stage.id, instruction: step.instruction }
}

/** The text of what is selected; null where it has gone. */
export function rangeOfSelection({ graph }: Analysis, selection: Selection): TextRange | null {
  switch (selection.kind) {
    case 'none':
      return null
    case 'stage':
      return graph.stages.find(stage => stage.id === selection.stage)?.fromRange ?? null
    case 'step':
      return (
        graph.stages
          .find(stage => stage.id === selection.stage)
          ?.steps.find(step => step.instruction === selection.instruction)?.range ?? null
      )
    case 'edge':
      return graph.edges.find(edge => edge.id === selection.edge)?.range ?? null
  }
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * What was selected, in the text as it is now. A step or an edge follows the text it is made of, an edge also to another
 * stage; where that has gone, the stage is left.
 */
export function selectionAfter(
  before: Analysis,
  after: Analysis,
  selection: Selection,
  mapOffset: MapOffset,
): Selection {
  const range = rangeOfSelection(before, selection)
  if (range === null || selection.kind === 'none' || selection.kind === 'stage') return selection
  const from = mapOffset(range.from, 1)
  const isGone = mapOffset(range.to, -1) <= from
  if (selection.kind === 'step') {
    if (!isGone)
      for (const { id, steps } of after.graph.stages)
        for (const { range, instruction } of steps)
          if (range.from <= from && from <= range.to) return { kind: 'step', stage: id, instruction }
    return { kind: 'stage', stage: selection.stage }
  }
  if (after.graph.edges.some(edge => edge.id === selection.edge)) return selection
  const alike = before.graph.edges.filter(edge => edge.range.from === range.from)
  const position = alike.findIndex(edge => edge.id === selection.edge)
  const next = isGone
    ? movedLike(alike[position], before, after)
    : after.graph.edges.filter(edge => edge.range.from === from)[position]
  const stage = alike[position]?.to
  if (next !== undefined) return { kind: 'edge', edge: next.id }
  return stage === undefined ? nothingSelected : { kind: 'stage', stage }
}

/** The edge that came with the same change and takes the same from the same. */
function movedLike(gone: GraphEdge | undefined, before: Analysis, after: Analysis): GraphEdge | undefined {
  const known = new Set(before.graph.edges.map(edge => edge.id))
  const taken = (edge: GraphEdge) => JSON.stringify([edge.kind, edge.from, edge.sources, edge.destination])
  return gone && after.graph.edges.find(edge => !known.has(edge.id) && taken(edge) === taken(gone))
}
