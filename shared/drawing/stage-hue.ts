import { hueCount } from '../graph/stage-hues.ts'
import type { Stage } from '../graph/stage-graph.ts'

/** CSS colour of a stage, the same on card, edge, gutter, log and tree. Never the only mark: a name stands beside it. */
export function stageHue({ hue }: Pick<Stage, 'hue'>): string {
  return `var(--stage-${hue})`
}

/** CSS colour of one of several things that are no stages, by their order. */
export function hueByOrder(index: number): string {
  return stageHue({ hue: index % hueCount })
}
