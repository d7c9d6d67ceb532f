import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { MapOffset, TextRange } from '../text/text-edit.ts'
import { foldWhiteSpace } from './gist.ts'
import { globalArguments, type GlobalArguments } from './global-arguments.ts'
import { derivedGraph, isEveryOne } from './derived-graph.ts'
import { assignStageIds } from './identity.ts'
import { platformText } from './platforms.ts'
import { reachableStages, targetIndex } from './reachability.ts'
import { collectReads, type StageReads } from './references.ts'
import { stageDrafts, type StageDraft } from './stage-drafts.ts'
import { StageEdges, stageId, toSource } from './stage-edges.ts'
import { stageHues, type StageHues } from './stage-hues.ts'
import { namesOf, type StageNames } from './stage-names.ts'
import type { EdgeSource, Stage, StageGraph, StageId, Step } from './stage-graph.ts'

/** The graph, and what it was made of: checks look at both. */
export interface Derivation {
  readonly graph: StageGraph
  readonly globals: GlobalArguments
  /** One per stage, in order. */
  readonly drafts: readonly StageDraft[]
  readonly names: StageNames
  /** By stage, in order. */
  readonly reads: readonly StageReads[]
  readonly edgesOf: readonly StageEdges[]
  readonly stageIds: readonly StageId[]
  readonly hues: StageHues
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
 * before, only what changed is derived: the result is the same, but for ids and hues that are carried over.
 */
export function deriveGraph(file: Dockerfile, inputs: BuildInputs, previous: PreviousDerivation | null): Derivation {
  const globals = globalArguments(file, inputs)
  const before =
    previous?.file.escape === file.escape && isSameAround(previous.inputs, inputs) ? previous.derivation : null
  const drafts = stageDrafts(file, inputs, globals, before)
  const names = namesOf(drafts, before?.names)
  const reads = collectReads(file, inputs, drafts, names, names === before?.names ? before.reads : nothing)
  const old = previous?.derivation.graph
  const assigned =
    previous?.file === file
      ? previous.derivation.stageIds
      : assignStageIds(
          drafts,
          previous === null ? null : { graph: previous.derivation.graph, mapOffset: previous.mapOffset },
        )
  const idsAreSame = previous !== null && isEveryOne(assigned, previous.derivation.stageIds)
  const ids = idsAreSame ? previous.derivation.stageIds : assigned
  const hues = stageHues(ids, previous?.derivation.hues ?? null)
  const target = targetIndex(drafts, inputs.target)
  const reachable = reachableStages(drafts, reads, target)
  const edgesOf = reads.map((each, index) => {
    const known = idsAreSame && each.since === 'kept' ? before?.edgesOf[index] : undefined
    return known ?? new StageEdges(each, ids)
  })
  const stages = drafts.map((draft, index) => {
    const stage = idsAreSame ? old?.stages[index] : undefined
    const isReachable = reachable[index] ?? false
    return draft === before?.drafts[index] && stage?.reachable === isReachable
      ? stage
      : new DraftedStage(draft, stageId(ids, index), hues, toSource(draft.baseSource, ids), isReachable)
  })
  const graph = derivedGraph(ids[target] ?? null, stages, edgesOf, old)
  return { graph, globals, drafts, names, reads, edgesOf, stageIds: ids, hues }
}

/** All that the graph hangs on but for the target and build arguments. */
function isSameAround(a: BuildInputs, b: BuildInputs): boolean {
  return (
    a.namedContexts === b.namedContexts &&
    a.images === b.images &&
    a.buildPlatform === b.buildPlatform &&
    a.targetPlatform === b.targetPlatform
  )
}

const nothing: readonly never[] = []

/** Its steps are told when a card is drawn. */
class DraftedStage implements Stage {
  readonly id: StageId
  readonly hue: number
  readonly baseSource: EdgeSource
  readonly reachable: boolean
  private readonly draft: StageDraft
  private toldSteps: readonly Step[] | null = null

  constructor(draft: StageDraft, id: StageId, hues: StageHues, baseSource: EdgeSource, reachable: boolean) {
    this.draft = draft
    this.id = id
    this.hue = hues.get(id) ?? 0
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
    return this.draft.line
  }

  get endLine(): number {
    return this.draft.from.endLine
  }

  get fromRange(): TextRange {
    return this.draft.fromRange
  }

  get range(): TextRange {
    return this.draft.place.range
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
