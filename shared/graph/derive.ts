import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { TextRange } from '../text/text-edit.ts'
import { sourceKey } from './edge-source.ts'
import { foldWhiteSpace } from './gist.ts'
import { globalArguments, type GlobalArguments } from './global-arguments.ts'
import { assignStageIds, type PreviousStages } from './identity.ts'
import { platformText } from './platforms.ts'
import { reachableStages, targetIndex } from './reachability.ts'
import { collectReferences, type Reference } from './references.ts'
import { stageDrafts, type DraftSource, type StageDraft } from './stage-drafts.ts'
import type { EdgeId, EdgeSource, GraphEdge, Stage, StageGraph, StageId, Step } from './stage-graph.ts'

/** The graph, and what it was made of: checks look at both. */
export interface Derivation {
  readonly graph: StageGraph
  readonly globals: GlobalArguments
  /** One per stage, in order. */
  readonly drafts: readonly StageDraft[]
  readonly references: readonly Reference[]
}

/** The stage graph as BuildKit's converter has it. Files that BuildKit refuses have one, too. */
export function deriveGraph(file: Dockerfile, inputs: BuildInputs, previous: PreviousStages | null): Derivation {
  const globals = globalArguments(file, inputs)
  const drafts = stageDrafts(file, inputs, globals)
  const references = collectReferences(file, inputs, drafts)
  const ids = assignStageIds(drafts, previous)
  const target = targetIndex(drafts, inputs.target)
  const reachable = reachableStages(drafts, references, target)
  const stages = drafts.map((draft, index) =>
    toStage(draft, ids, reachable[index] ?? false, unchangedSteps(draft, file, previous)),
  )
  return {
    graph: { target: ids[target] ?? null, stages, edges: toEdges(drafts, references, ids) },
    globals,
    drafts,
    references,
  }
}

function toSource(source: DraftSource, ids: readonly StageId[]): EdgeSource {
  if (source.kind !== 'stage') return source
  return { kind: 'stage', stage: stageId(ids, source.index) }
}

function stageId(ids: readonly StageId[], index: number): StageId {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`There is no stage ${index} among ${ids.length}.`)
  return id
}

/** The steps of the stage that began at the same place with the same text, to save making and comparing them. */
function unchangedSteps(draft: StageDraft, file: Dockerfile, previous: PreviousStages | null): readonly Step[] | null {
  const before = previous?.graph.stages[draft.index]
  if (previous === null || before === undefined || previous.file.escape !== file.escape) return null
  const { from, to } = stageRange(draft)
  const isSame =
    before.range.from === from &&
    before.range.to === to &&
    before.startLine === draft.from.line &&
    (before.steps[0]?.instruction ?? 0) === (draft.instructions[0]?.index ?? 0) &&
    file.text.startsWith(previous.file.text.slice(from, to), from)
  return isSame ? before.steps : null
}

function stageRange({ from, instructions }: StageDraft): TextRange {
  return { from: from.range.from, to: (instructions.at(-1) ?? from).range.to }
}

function toStage(
  draft: StageDraft,
  ids: readonly StageId[],
  reachable: boolean,
  unchanged: readonly Step[] | null,
): Stage {
  const { from } = draft
  return {
    id: stageId(ids, draft.index),
    index: draft.index,
    name: draft.name,
    writtenName: draft.writtenName,
    base: draft.base,
    writtenBase: draft.writtenBase,
    baseSource: toSource(draft.baseSource, ids),
    platform: draft.platform,
    resolvedPlatform: draft.resolvedPlatform === null ? null : platformText(draft.resolvedPlatform),
    startLine: from.line,
    endLine: from.endLine,
    fromRange: from.range,
    range: stageRange(draft),
    steps: unchanged ?? draft.instructions.map(toStep),
    reachable,
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

function toEdges(
  drafts: readonly StageDraft[],
  references: readonly Reference[],
  ids: readonly StageId[],
): GraphEdge[] {
  const edges: GraphEdge[] = []
  const used = new Set<string>()
  let next = 0
  for (const draft of drafts) {
    const to = stageId(ids, draft.index)
    const base = toSource(draft.baseSource, ids)
    edges.push({
      id: edgeId('base', base, to, noSources, '', used),
      kind: 'base',
      from: base,
      to,
      line: draft.from.line,
      range: draft.from.range,
      sourceRange: draft.from.arguments[0]?.range ?? null,
      sources: noSources,
      destination: '',
      keyword: 'FROM',
      onbuild: false,
    })
    for (let reference = references[next]; reference?.stage === draft.index; reference = references[++next]) {
      const from = toSource(reference.source, ids)
      const { kind, sources, destination } = reference
      edges.push({
        id: edgeId(kind, from, to, sources, destination, used),
        kind,
        from,
        to,
        line: reference.origin.line,
        range: reference.origin.range,
        sourceRange: reference.sourceRange,
        sources,
        destination,
        keyword: reference.instruction.keyword,
        onbuild: reference.onbuild,
      })
    }
  }
  return edges
}

const noSources: readonly string[] = []

function edgeId(
  kind: GraphEdge['kind'],
  from: EdgeSource,
  to: StageId,
  sources: readonly string[],
  destination: string,
  used: Set<string>,
): EdgeId {
  const wanted = `${kind} ${sourceKey(from)} > ${to} ${sources.join(' ')} ${destination}`
  let id = wanted
  for (let number = 2; used.has(id); number++) id = `${wanted} ~${number}`
  used.add(id)
  return id as EdgeId
}
