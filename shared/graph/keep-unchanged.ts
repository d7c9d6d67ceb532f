import type { GraphEdge, Stage, StageGraph } from './stage-graph.ts'

/** `next` with the objects of `before` wherever they are equal, so that only what changed is drawn anew. */
export function keepUnchanged(next: StageGraph, before: StageGraph): StageGraph {
  const stages = keepList<Stage>(next.stages, before.stages)
  const edges = keepList<GraphEdge>(next.edges, before.edges)
  if (stages === before.stages && edges === before.edges && next.target === before.target) return before
  return { target: next.target, stages, edges }
}

function keepList<T extends { readonly id: string }>(next: readonly T[], before: readonly T[]): readonly T[] {
  const byId = new Map<string, T>(before.map(entry => [entry.id, entry]))
  const kept = next.map(entry => {
    const old = byId.get(entry.id)
    return old !== undefined && isEqual(old, entry) ? old : entry
  })
  return kept.length === before.length && kept.every((entry, index) => entry === before[index]) ? before : kept
}

/** Equal by structure; for values made of plain objects and arrays. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = Object.entries(a)
  const right = b as Readonly<Record<string, unknown>>
  return left.length === Object.keys(b).length && left.every(([key, value]) => isEqual(value, right[key]))
}
