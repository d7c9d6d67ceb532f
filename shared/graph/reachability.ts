import type { StageReads } from './references.ts'
import type { StageDraft } from './stage-drafts.ts'

/** For every stage, whether building `target` needs it: by its base or by what it copies and mounts, all the way down. */
export function reachableStages(
  drafts: readonly StageDraft[],
  reads: readonly StageReads[],
  target: number,
): boolean[] {
  const reachable = drafts.map(() => false)
  const open = target >= 0 ? [target] : []
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reachable[index] === true) continue
    reachable[index] = true
    const base = drafts[index]?.baseSource
    if (base?.kind === 'stage') open.push(base.index)
    for (const { source } of reads[index]?.resolved ?? nothing) if (source.kind === 'stage') open.push(source.index)
  }
  return reachable
}

const nothing: readonly never[] = []

/** Index of the stage to build: the last one that bears the name, or the last of all; -1 where there is none. */
export function targetIndex(drafts: readonly StageDraft[], target: string | null): number {
  if (target === null || target === '') return drafts.length - 1
  const name = target.toLowerCase()
  return drafts.findLastIndex(draft => draft.name === name)
}
