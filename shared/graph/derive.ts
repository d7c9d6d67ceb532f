import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { MapOffset, TextRange } from '../text/text-edit.ts'
import { shiftRange } from '../dockerfile/placed-instruction.ts'
import { sourceKey } from './edge-source.ts'
import { foldWhiteSpace } from './gist.ts'
import { globalArguments, sameValues, type GlobalArguments } from './global-arguments.ts'
import { assignStageIds } from './identity.ts'
import { keepUnchanged } from './keep-unchanged.ts'
import { platformText } from './platforms.ts'
import { reachableStages, targetIndex } from './reachability.ts'
import { collectReads, type Reference, type StageReads } from './references.ts'
import { stageDrafts, type DraftSource, type StageDraft } from './stage-drafts.ts'
import type { EdgeId, EdgeSource, GraphEdge, Stage, StageGraph, StageId, Step } from './stage-graph.ts'

/** The graph, and what it was made of: checks look at both. */
export interface Derivation {
  readonly graph: StageGraph
  readonly globals: GlobalArguments
  /** One per stage, in order. */
  readonly drafts: readonly StageDraft[]
  readonly references: readonly Reference[]
  /** By stage, in order. */
  readonly reads: readonly StageReads[]
  readonly edgesOf: readonly (readonly GraphEdge[])[]
}

/** What was derived before an edit, and where the edit moved things. */
export interface PreviousDerivation {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly derivation: Derivation
  readonly mapOffset: MapOffset
}

/**
 * The stage graph as BuildKit's converter has it. Files that BuildKit refuses have one, too. With what was derived
 * before, only what changed is derived: the result is the same, but for ids that are carried over.
 */
export function deriveGraph(file: Dockerfile, inputs: BuildInputs, previous: PreviousDerivation | null): Derivation {
  const globals = globalArguments(file, inputs)
  const before =
    previous?.inputs === inputs &&
    previous.file.escape === file.escape &&
    sameValues(previous.derivation.globals, globals)
      ? previous.derivation
      : null
  const drafts = stageDrafts(file, inputs, globals, before?.drafts ?? nothing)
  const reads = collectReads(file, inputs, drafts, before?.reads ?? nothing)
  const old = previous?.derivation.graph
  const ids = assignStageIds(
    drafts,
    previous === null ? null : { graph: previous.derivation.graph, mapOffset: previous.mapOffset },
  )
  const idsAreSame = old?.stages.length === ids.length && ids.every((id, index) => id === old.stages[index]?.id)
  const target = targetIndex(drafts, inputs.target)
  const reachable = reachableStages(
    drafts,
    reads.flatMap(({ resolved }) => resolved),
    target,
  )
  const edgesOf = reads.map((each, index) =>
    toEdges(each, ids, idsAreSame ? (before?.edgesOf[index] ?? nothing) : nothing, before?.drafts[index]),
  )
  const stages = drafts.map((draft, index) => {
    const stage = idsAreSame ? old.stages[index] : undefined
    const isReachable = reachable[index] ?? false
    return draft === before?.drafts[index] && stage?.reachable === isReachable
      ? stage
      : new DraftedStage(draft, stageId(ids, index), toSource(draft.baseSource, ids), isReachable)
  })
  const graph = { target: ids[target] ?? null, stages, edges: edgesOf.flat() }
  let references: readonly Reference[] | null = null
  return {
    graph: old === undefined ? graph : keepUnchanged(graph, old),
    globals,
    drafts,
    get references() {
      return (references ??= reads.flatMap(each => each.references))
    },
    reads,
    edgesOf,
  }
}

const nothing: readonly never[] = []

function toSource(source: DraftSource, ids: readonly StageId[]): EdgeSource {
  if (source.kind !== 'stage') return source
  return { kind: 'stage', stage: stageId(ids, source.index) }
}

function stageId(ids: readonly StageId[], index: number): StageId {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`There is no stage ${index} among ${ids.length}.`)
  return id
}

/** Its steps are told when a card is drawn. */
class DraftedStage implements Stage {
  readonly id: StageId
  readonly baseSource: EdgeSource
  readonly reachable: boolean
  private readonly draft: StageDraft
  private toldSteps: readonly Step[] | null = null

  constructor(draft: StageDraft, id: StageId, baseSource: EdgeSource, reachable: boolean) {
    this.draft = draft
    this.id = id
    this.baseSource = baseSource
    this.reachable = reachable
  }

  get index(): number {
    return this.draft.index
  }

  get name(): string {
    return this.draft.name
  }

  get writtenName(): string | null {
    return this.draft.writtenName
  }

  get base(): string {
    return this.draft.base
  }

  get writtenBase(): string {
    return this.draft.writtenBase
  }

  get platform(): string | null {
    return this.draft.platform
  }

  get resolvedPlatform(): string | null {
    const { resolvedPlatform } = this.draft
    return resolvedPlatform === null ? null : platformText(resolvedPlatform)
  }

  get startLine(): number {
    return this.draft.from.line
  }

  get endLine(): number {
    return this.draft.from.endLine
  }

  get fromRange(): TextRange {
    return this.draft.from.range
  }

  get range(): TextRange {
    const { from, instructions } = this.draft
    return { from: from.range.from, to: (instructions.at(-1) ?? from).range.to }
  }

  get steps(): readonly Step[] {
    return (this.toldSteps ??= this.draft.instructions.map(toStep))
  }
}

function toStep(instruction: Instruction): Step {
  return {
    instruction: instruction.index,
    keyword: instruction.keyword,
    gist: foldWhiteSpace(instruction.argumentsText),
    line: instruction.line,
    endLine: instruction.endLine,
    range: instruction.range,
  }
}

/** The edges into one stage. The ids of what is in `old` stand. */
function toEdges(
  reads: StageReads,
  ids: readonly StageId[],
  old: readonly GraphEdge[],
  oldDraft: StageDraft | undefined,
): readonly GraphEdge[] {
  const { draft, since } = reads
  if (since !== 'new' && oldDraft !== undefined && old.length > 0) {
    if (since === 'kept') return old
    const by = draft.from.range.from - oldDraft.from.range.from
    const byLines = draft.from.line - oldDraft.from.line
    return old.map(edge => ({
      ...edge,
      line: edge.line + byLines,
      range: shiftRange(edge.range, by),
      sourceRange: edge.sourceRange === null ? null : shiftRange(edge.sourceRange, by),
    }))
  }
  const to = stageId(ids, draft.index)
  const base = toSource(draft.baseSource, ids)
  const used = new Set<string>()
  return [
    {
      id: edgeId('base', base, to, noSources, '', used),
      kind: 'base',
      from: base,
      to,
      line: draft.from.line,
      range: draft.from.range,
      sourceRange: baseRange(draft.from),
      sources: noSources,
      destination: '',
      keyword: 'FROM',
      onbuild: false,
    },
    ...reads.references.map(({ kind, source, sources, destination, origin, sourceRange, instruction, onbuild }) => {
      const from = toSource(source, ids)
      return {
        id: edgeId(kind, from, to, sources, destination, used),
        kind,
        from,
        to,
        line: origin.line,
        range: origin.range,
        sourceRange,
        sources,
        destination,
        keyword: instruction.keyword,
        onbuild,
      }
    }),
  ]
}

function baseRange(from: Instruction): TextRange | null {
  const { arguments: words, range } = from.unplaced
  const base = words[0]
  return base === undefined ? null : shiftRange(base.range, from.range.from - range.from)
}

const noSources: readonly string[] = []

/** Begins with the stage it leads to, whose id holds no blank: edges into other stages cannot have it. */
function edgeId(
  kind: GraphEdge['kind'],
  from: EdgeSource,
  to: StageId,
  sources: readonly string[],
  destination: string,
  used: Set<string>,
): EdgeId {
  const wanted = `${to} ${kind} ${sourceKey(from)} > ${sources.join(' ')} ${destination}`
  let id = wanted
  for (let number = 2; used.has(id); number++) id = `${wanted} ~${number}`
  used.add(id)
  return id as EdgeId
}
