import type { StageGraph, StageId } from '../graph/stage-graph.ts'

/** The stage that a line belongs to, null before the first FROM. */
export function stageAtLine(graph: StageGraph, line: number): StageId | null {
  let low = 0
  let high = graph.stages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((graph.stages[middle]?.startLine ?? 0) <= line) low = middle + 1
    else high = middle
  }
  return graph.stages[low - 1]?.id ?? null
}
