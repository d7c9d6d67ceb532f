import type { StageEdges } from './stage-edges.ts'
import type { GraphEdge, Stage, StageGraph, StageId } from './stage-graph.ts'

/**
 * The graph of these stages and edges, with the objects of the graph before wherever they are equal, so that only what
 * changed is drawn anew.
 */
export function derivedGraph(
  target: StageId | null,
  stages: readonly Stage[],
  edgesOf: readonly StageEdges[],
  before: StageGraph | undefined,
): StageGraph {
  if (!(before instanceof DerivedGraph)) return new DerivedGraph(target, stages, edgesOf, null)
  const kept = keepStages(stages, before.stages)
  return kept === before.stages && target === before.target && isEveryOne(edgesOf, before.edgesOf)
    ? before
    : new DerivedGraph(target, kept, edgesOf, before.lastDrawn)
}

class DerivedGraph implements StageGraph {
  readonly target: StageId | null
  readonly stages: readonly Stage[]
  readonly edgesOf: readonly StageEdges[]
  private found: readonly GraphEdge[] | null = null
  private drawnBefore: DerivedGraph | null

  constructor(
    target: StageId | null,
    stages: readonly Stage[],
    edgesOf: readonly StageEdges[],
    drawnBefore: DerivedGraph | null,
  ) {
    this.target = target
    this.stages = stages
    this.edgesOf = edgesOf
    this.drawnBefore = drawnBefore
  }

  get edges(): readonly GraphEdge[] {
    if (this.found === null) {
      const before = this.drawnBefore
      this.found =
        before === null ? this.edgesOf.flatMap(({ edges }) => edges) : keepEdges(this.edgesOf, before.edgesOf)
      this.drawnBefore = null
    }
    return this.found
  }

  /** The last graph whose edges were asked for. Those between are let go. */
  get lastDrawn(): DerivedGraph | null {
    return this.found === null ? this.drawnBefore : this
  }
}

/** In the order in which they are likely to differ. */
const stageKeys: readonly (keyof Stage)[] = [
  ...(['reachable', 'range', 'index', 'name', 'writtenName', 'base', 'writtenBase', 'baseSource', 'platform'] as const),
  ...(['resolvedPlatform', 'startLine', 'endLine', 'fromRange', 'steps'] as const),
]
const edgeKeys: readonly (keyof GraphEdge)[] = [
  ...(['line', 'range', 'sourceRange', 'kind', 'id', 'from', 'sources', 'destination', 'keyword', 'onbuild'] as const),
]

function keepStages(next: readonly Stage[], before: readonly Stage[]): readonly Stage[] {
  let byId: Map<string, Stage> | null = null
  const kept = next.map((entry, index) => {
    // Most are where they were.
    let old = before[index]
    if (old?.id !== entry.id) {
      byId ??= new Map(before.map(each => [each.id, each]))
      old = byId.get(entry.id)
    }
    if (old === undefined || old === entry) return entry
    // What lies behind an edit has moved, which is quickly seen.
    return old.range.from === entry.range.from && stageKeys.every(key => isEqual(old[key], entry[key])) ? old : entry
  })
  return isEveryOne(kept, before) ? before : kept
}

/** Edges into a stage that stands where it stood, by their order. */
function keepEdges(next: readonly StageEdges[], before: readonly StageEdges[]): readonly GraphEdge[] {
  const byPlace = new Map(before.map(each => [each.reads.draft.fromRange.from, each]))
  return next.flatMap(each => {
    const old = byPlace.get(each.reads.draft.fromRange.from)
    if (old === undefined || old === each) return each.edges
    return each.edges.map((edge, index) => {
      const known = old.edges[index]
      return known !== undefined && edgeKeys.every(key => isEqual(known[key], edge[key])) ? known : edge
    })
  })
}

/** Whether both hold the same objects. */
export function isEveryOne<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
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
