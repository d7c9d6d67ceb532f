import type { StageGraph, StageId } from './stage-graph.ts'

/** Which stages a stage needs, or which need it, all the way; without itself. */
export function relatedStages({ edges }: StageGraph, stage: StageId, which: 'needed' | 'needing'): Set<StageId> {
  const next = new Map<StageId, StageId[]>()
  for (const { from, to } of edges) {
    if (from.kind !== 'stage') continue
    const [start, end] = which === 'needed' ? [to, from.stage] : [from.stage, to]
    const ends = next.get(start)
    if (ends === undefined) next.set(start, [end])
    else ends.push(end)
  }
  const found = new Set([stage])
  for (const current of found) for (const each of next.get(current) ?? []) found.add(each)
  found.delete(stage)
  return found
}
