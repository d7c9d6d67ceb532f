import type { Stage } from './stage-graph.ts'

/** The last stage that begins at an offset of the text or before it. */
export function stageAt(stages: readonly Stage[], offset: number): Stage | undefined {
  let [before, after] = [-1, stages.length]
  while (after - before > 1) {
    const middle = (before + after) >> 1
    if ((stages[middle]?.range.from ?? Infinity) <= offset) before = middle
    else after = middle
  }
  return stages[before]
}
