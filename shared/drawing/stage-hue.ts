import type { Stage } from '../graph/stage-graph.ts'

const hues = 10

/** CSS colour of a stage, the same on card, edge, gutter, log and tree. Never the only mark: a name stands beside it. */
export function stageHue(stage: Pick<Stage, 'index'>): string {
  return `var(--stage-${stage.index % hues})`
}
