import type { Reference } from './references.ts'
import type { StageDraft } from './stage-drafts.ts'

/** For every stage, whether building `target` needs it: by its base or by what it copies and mounts, all the way down. */
export function reachableStages(
  drafts: readonly StageDraft[],
  references: readonly Reference[],
  target: number,
): boolean[] {
  const reachable = drafts.map(() => false)
  const needs = dependencies(drafts, references)
  const open = target >= 0 ? [target] : []
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reachable[index] === true) continue
    reachable[index] = true
    const base = drafts[index]?.baseSource
    if (base?.kind === 'stage') open.push(base.index)
    open.push(...(needs[index] ?? []))
  }
  return reachable
}

/** By stage, the stages it copies or mounts from. */
export function dependencies(drafts: readonly StageDraft[], references: readonly Reference[]): number[][] {
  const needs: number[][] = drafts.map(() => [])
  for (const { stage, source } of references) if (source.kind === 'stage') needs[stage]?.push(source.index)
  return needs
}

/** Index of the stage to build: the last one that bears the name, or the last of all; -1 where there is none. */
export function targetIndex(drafts: readonly StageDraft[], target: string | null): number {
  if (target === null || target === '') return drafts.length - 1
  const name = target.toLowerCase()
  return drafts.findLastIndex(draft => draft.name === name)
}
