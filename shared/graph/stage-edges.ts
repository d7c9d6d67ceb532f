import { shiftRange } from '../dockerfile/placed-instruction.ts'
import type { TextRange } from '../text/text-edit.ts'
import { sourceKey } from './edge-source.ts'
import type { Reference, ResolvedReference, StageReads } from './references.ts'
import type { DraftSource } from './stage-drafts.ts'
import type { EdgeId, EdgeKind, EdgeSource, GraphEdge, StageId } from './stage-graph.ts'

/** The edges into one stage, that of its base first. Worked out when asked for: typing does without. */
export class StageEdges {
  readonly reads: StageReads
  private readonly stageIds: readonly StageId[]
  private found: readonly GraphEdge[] | null = null
  private foundIds: readonly EdgeId[] | null = null

  constructor(reads: StageReads, stageIds: readonly StageId[]) {
    this.reads = reads
    this.stageIds = stageIds
  }

  get to(): StageId {
    return stageId(this.stageIds, this.reads.draft.index)
  }

  get edges(): readonly GraphEdge[] {
    if (this.found === null) {
      const { draft, resolved } = this.reads
      const base: readonly GraphEdge[] = [new BaseEdge(this, toSource(draft.baseSource, this.stageIds))]
      this.found = base.concat(
        resolved.map((each, index) => new ReferenceEdge(this, index + 1, each, toSource(each.source, this.stageIds))),
      )
    }
    return this.found
  }

  get ids(): readonly EdgeId[] {
    if (this.foundIds === null) {
      const used = new Set<string>()
      this.foundIds = this.edges.map(edge => edgeId(edge, used))
    }
    return this.foundIds
  }
}

export function toSource(source: DraftSource, ids: readonly StageId[]): EdgeSource {
  if (source.kind !== 'stage') return source
  return { kind: 'stage', stage: stageId(ids, source.index) }
}

export function stageId(ids: readonly StageId[], index: number): StageId {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`There is no stage ${index} among ${ids.length}.`)
  return id
}

const noSources: readonly string[] = []

/** What a FROM makes. */
class BaseEdge implements GraphEdge {
  readonly from: EdgeSource
  private readonly stage: StageEdges

  constructor(stage: StageEdges, from: EdgeSource) {
    this.stage = stage
    this.from = from
  }

  get id(): EdgeId {
    return idAt(this.stage, 0)
  }

  get kind(): EdgeKind {
    return 'base'
  }

  get to(): StageId {
    return this.stage.to
  }

  get line(): number {
    return this.stage.reads.draft.line
  }

  get range(): TextRange {
    return this.stage.reads.draft.fromRange
  }

  get sourceRange(): TextRange | null {
    const { unplaced, range } = this.stage.reads.draft.from
    const base = unplaced.arguments[0]
    return base === undefined ? null : shiftRange(base.range, range.from - unplaced.range.from)
  }

  get sources(): readonly string[] {
    return noSources
  }

  get destination(): string {
    return ''
  }

  get keyword(): string {
    return 'FROM'
  }

  get onbuild(): boolean {
    return false
  }
}

/** What a COPY, an ADD or a mount makes. */
class ReferenceEdge implements GraphEdge {
  readonly from: EdgeSource
  private readonly stage: StageEdges
  private readonly index: number
  private readonly resolved: ResolvedReference

  constructor(stage: StageEdges, index: number, resolved: ResolvedReference, from: EdgeSource) {
    this.stage = stage
    this.index = index
    this.resolved = resolved
    this.from = from
  }

  get id(): EdgeId {
    return idAt(this.stage, this.index)
  }

  get kind(): EdgeKind {
    return this.resolved.kind
  }

  get to(): StageId {
    return this.stage.to
  }

  get line(): number {
    return this.placed.origin.line
  }

  get range(): TextRange {
    return this.placed.origin.range
  }

  get sourceRange(): TextRange | null {
    return this.placed.sourceRange
  }

  get sources(): readonly string[] {
    return this.resolved.sources
  }

  get destination(): string {
    return this.resolved.destination
  }

  get keyword(): string {
    return this.resolved.written.keyword
  }

  get onbuild(): boolean {
    return this.resolved.onbuild
  }

  private get placed(): Reference {
    const reference = this.stage.reads.references[this.index - 1]
    if (reference === undefined) throw new RangeError(`Stage ${this.to} reads fewer than ${this.index} things.`)
    return reference
  }
}

function idAt({ ids, to }: StageEdges, index: number): EdgeId {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`There is no edge ${index} into ${to}.`)
  return id
}

/** Begins with the stage it leads to, whose id holds no blank: edges into other stages cannot have it. */
function edgeId({ to, kind, from, sources, destination }: GraphEdge, used: Set<string>): EdgeId {
  const wanted = `${to} ${kind} ${sourceKey(from)} > ${sources.join(' ')} ${destination}`
  let id = wanted
  for (let number = 2; used.has(id); number++) id = `${wanted} ~${number}`
  used.add(id)
  return id as EdgeId
}
