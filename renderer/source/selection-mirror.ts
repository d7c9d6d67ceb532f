import type { Analysis } from '../../shared/analysis.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { nothingSelected, type Selection } from '../../shared/selection.ts'

/** What the cursor stands in: an instruction that draws an edge selects the edge, a FROM its stage, the rest a step. */
export function selectionAt({ graph }: Analysis, offset: number): Selection {
  const stage = graph.stages.findLast(candidate => candidate.range.from <= offset && offset <= candidate.range.to)
  if (!stage) return nothingSelected
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
