import type { TextRange } from '../text/text-edit.ts'
import type { GraphEdge, Stage, StageGraph } from './stage-graph.ts'

/** `next` with the objects of `before` wherever they are equal, so that only what changed is drawn anew. */
export function keepUnchanged(next: StageGraph, before: StageGraph): StageGraph {
  const stages = keepList<Stage>(next.stages, before.stages, stageKeys)
  const edges = keepList<GraphEdge>(next.edges, before.edges, edgeKeys)
  if (stages === before.stages && edges === before.edges && next.target === before.target) return before
  return { target: next.target, stages, edges }
}

/** In the order in which they are likely to differ. */
const stageKeys: readonly (keyof Stage)[] = [
  ...(['reachable', 'range', 'index', 'name', 'writtenName', 'base', 'writtenBase', 'baseSource', 'platform'] as const),
  ...(['resolvedPlatform', 'startLine', 'endLine', 'fromRange', 'steps'] as const),
]
const edgeKeys: readonly (keyof GraphEdge)[] = [
  ...(['line', 'range', 'sourceRange', 'kind', 'from', 'to', 'sources', 'destination', 'keyword', 'onbuild'] as const),
]

function keepList<T extends { readonly id: string; readonly range: TextRange }>(
  next: readonly T[],
  before: readonly T[],
  keys: readonly (keyof T)[],
): readonly T[] {
  let byId: Map<string, T> | null = null
  const kept = next.map((entry, index) => {
    // Most are where they were.
    let old = before[index]
    if (old?.id !== entry.id) {
      byId ??= new Map(before.map(each => [each.id, each]))
      old = byId.get(entry.id)
    }
    if (old === undefined || old === entry) return entry
    // What lies behind an edit has moved, which is quickly seen.
    return old.range.from === entry.range.from && keys.every(key => isEqual(old[key], entry[key])) ? old : entry
  })
  return kept.length === before.length && kept.every((entry, index) => entry === before[index]) ? before : kept
}

/** Equal by structure; for values of one type, made of plain objects and arrays. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => isEqual(entry, b[index]))
  const [left, right] = [a as Fields, b as Fields]
  // The keys of a union's members differ by its `kind`, so that one side's keys are enough.
  for (const key in left) if (!isEqual(left[key], right[key])) return false
  return true
}

type Fields = Readonly<Record<string, unknown>>
