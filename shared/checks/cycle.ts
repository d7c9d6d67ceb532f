import type { Reference, StageReads } from '../graph/references.ts'
import type { StageDraft } from '../graph/stage-drafts.ts'
import { finding, type Check, type Finding } from './check.ts'
import { builtStageName } from './stage-names.ts'

/** Stages that copy or mount from each other in a circle. Every instruction that closes it is marked. */
export const cycle: Check = {
  rule: 'cycle',
  file: ({ drafts, reads, names }) => {
    // Whatever takes from earlier stages alone closes no circle.
    if (reads.every(takesFromEarlier)) return []
    const references = reads.flatMap(each => each.references)
    const component = components(dependencies(drafts, references))
    const found: Finding[] = []
    for (const { stage, source, origin, sourceRange } of references) {
      if (source.kind !== 'stage' || source.index === stage || component[source.index] !== component[stage]) continue
      const first = component.indexOf(component[stage] ?? -1)
      const message = `circular dependency detected on stage: ${builtStageName(names.all, first)}`
      found.push(finding('cycle', 'error', message, origin, sourceRange ?? undefined))
    }
    return found
  },
}

function takesFromEarlier({ draft, resolved }: StageReads): boolean {
  return resolved.every(({ source }) => source.kind !== 'stage' || source.index < draft.index)
}

/** By stage, the stages it copies or mounts from. */
function dependencies(drafts: readonly StageDraft[], references: readonly Reference[]): number[][] {
  const needs: number[][] = drafts.map(() => [])
  for (const { stage, source } of references) if (source.kind === 'stage') needs[stage]?.push(source.index)
  return needs
}

/** Tarjan's algorithm without recursion: stages of the same number reach each other. */
function components(needs: readonly (readonly number[])[]): number[] {
  const order = needs.map(() => -1)
  const low = needs.map(() => 0)
  const component = needs.map(() => -1)
  const open: number[] = []
  let counter = 0
  let number = 0
  for (const root of needs.keys()) {
    if (order[root] !== -1) continue
    const path = [{ stage: root, next: 0 }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { stage } = top
      if (top.next === 0) {
        order[stage] = low[stage] = counter++
        open.push(stage)
      }
      const need = needs[stage]?.[top.next++]
      if (need !== undefined) {
        if (order[need] === -1) path.push({ stage: need, next: 0 })
        else if (component[need] === -1) low[stage] = Math.min(low[stage] ?? 0, order[need] ?? 0)
        continue
      }
      path.pop()
      const parent = path.at(-1)?.stage
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[stage] ?? 0)
      if (low[stage] !== order[stage]) continue
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = number
        if (member === stage) break
      }
      number++
    }
  }
  return component
}
