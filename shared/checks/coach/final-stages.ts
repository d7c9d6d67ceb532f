import type { StageDraft } from '../../graph/stage-drafts.ts'
import type { CheckSubject } from '../check.ts'

/** The stage and the stages it stands on, itself first: what its file system is made of, but for the image below. */
export function chainOf(drafts: readonly StageDraft[], index: number): readonly StageDraft[] {
  const chain: StageDraft[] = []
  let draft = drafts[index]
  while (draft !== undefined) {
    chain.push(draft)
    draft = draft.baseSource.kind === 'stage' ? drafts[draft.baseSource.index] : undefined
  }
  return chain
}

/** Indexes of the stages that the built image is made of: the target and what it stands on. */
export function finalStages({ graph, drafts }: CheckSubject): ReadonlySet<number> {
  const target = graph.stages.findIndex(({ id }) => id === graph.target)
  return new Set(chainOf(drafts, target).map(({ index }) => index))
}
