import type { StageDraft } from '../graph/stage-drafts.ts'
import type { StageGraph } from '../graph/stage-graph.ts'

/** Indexes of the stages that the built image is made of: the target and what it stands on. */
export function finalStages(graph: StageGraph, drafts: readonly StageDraft[]): ReadonlySet<number> {
  const final = new Set<number>()
  let draft = drafts[graph.stages.findIndex(({ id }) => id === graph.target)]
  while (draft !== undefined) {
    final.add(draft.index)
    draft = draft.baseSource.kind === 'stage' ? drafts[draft.baseSource.index] : undefined
  }
  return final
}
