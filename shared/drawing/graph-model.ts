import type { Analysis } from '../analysis.ts'
import { choiceText, neededWhen } from '../graph/needed-when.ts'
import { whyNotNeeded } from '../graph/why-not-needed.ts'
import type { Expected } from '../files/expectations.ts'
import type { Diagnostic, GraphEdge, Stage, StageId } from '../graph/stage-graph.ts'
import type { Selection } from '../selection.ts'
import type { BuildMarks } from '../builds/build-marks.ts'
import {
  countDiagnostics,
  foldEverythingFrom,
  nodeKey,
  sourceCard,
  stageCard,
  type Card,
  type SourceContent,
} from './card-model.ts'
import { drawEdges, type DrawnEdge } from './edge-model.ts'

export interface GraphView {
  readonly marks: BuildMarks
  readonly selection: Selection
  readonly unfolded: ReadonlyMap<StageId, boolean>
  /** Whether the main build context and its edges are drawn. */
  readonly showContext: boolean
  /** Problems that are not yet looked for: cards are there before them. */
  readonly withoutProblems?: boolean
}

/** What is to be drawn, before anything has a place. */
export interface GraphModel {
  readonly cards: readonly Card[]
  readonly edges: readonly DrawnEdge[]
  /** Edges of the main build context, drawn or not. */
  readonly contextCount: number
}

const nothingExpected: Expected = []
const nothing: readonly Diagnostic[] = []

export type ModelBuilder = (analysis: Analysis, view: GraphView) => GraphModel

export const graphModel: ModelBuilder = (analysis, view) => createModelBuilder()(analysis, view)

/** Hands out the same cards and edges again where nothing they are made of has changed: a selection costs what it concerns. */
export function createModelBuilder(): ModelBuilder {
  const cardOfNode = createMemory<Card>()
  const edgesIntoStage = createMemory<readonly DrawnEdge[]>()
  let last: { readonly analysis: Analysis; readonly view: GraphView; readonly model: GraphModel } | null = null
  const build: ModelBuilder = (analysis, view) => {
    const { marks, selection } = view
    const { loads, expected } = analysis
    const found = view.withoutProblems === true ? nothing : analysis.diagnostics
    const { stages, edges, target } = analysis.graph
    const uses = groupBy(edges, edge => nodeKey(edge.from))
    const drawn = edges.filter(edge => isDrawn(edge, uses.get(nodeKey(edge.from)) ?? [], view.showContext))
    const diagnosticsOf = groupBy(found, diagnostic => diagnostic.stage)
    const edgesInto = groupBy(drawn, edge => edge.to)
    const stageCards = stages.map(stage => {
      const arriving = edgesInto.get(stage.id) ?? []
      const lines = arriving.filter(edge => edge.kind !== 'context').map(edge => edge.line)
      const diagnostics = countDiagnostics(diagnosticsOf.get(stage.id) ?? [])
      const inputs = {
        isTarget: stage.id === target,
        neededWhen: stage.reachable ? null : whenNeeded(analysis, stage.id),
        whyNotNeeded: stage.reachable ? null : (whyNotNeeded(analysis.graph).get(stage.id) ?? null),
        baseHasNode: arriving.some(edge => edge.kind === 'base'),
        unfolded: view.unfolded.get(stage.id),
        foldByDefault: stages.length >= foldEverythingFrom,
        marks,
        weight: loads.weights.get(stage.id) ?? null,
        expected: expected.get(stage.id) ?? nothingExpected,
        selectedStep: selection.kind === 'step' && selection.stage === stage.id ? selection.instruction : null,
      }
      const madeOf = [
        stage,
        ...Object.values(inputs),
        diagnostics?.count,
        diagnostics?.worst,
        diagnostics?.message,
        ...lines,
      ]
      return cardOfNode(stage.id, madeOf, () =>
        stageCard(stage, { ...inputs, linesWithEdges: new Set(lines), diagnostics }),
      )
    })
    const cards = [
      ...[...sourceContents(drawn, found)].map(([key, content]) =>
        cardOfNode(key, Object.values(content), () => sourceCard(key, content)),
      ),
      ...stageCards,
    ]
    const cardOf = new Map(cards.map(card => [card.key, card]))
    const stageOf = new Map(stages.map(stage => [stage.id, stage]))
    const drawnInto = (stage: Stage) => {
      const arriving = edgesInto.get(stage.id) ?? []
      const isSelected = selection.kind === 'edge' && arriving.some(edge => edge.id === selection.edge)
      const ends = arriving.flatMap(edge => [
        edge,
        cardOf.get(nodeKey(edge.from)),
        edge.from.kind === 'stage' && stageOf.get(edge.from.stage),
      ])
      const madeOf = [stage, cardOf.get(stage.id), marks, loads, isSelected && selection.edge, ...ends]
      return edgesIntoStage(stage.id, madeOf, () => drawEdges(arriving, { stageOf, cardOf, marks, selection, loads }))
    }
    return { cards, edges: stages.flatMap(drawnInto), contextCount: edges.filter(isMainContext).length }
  }
  return (analysis, view) => {
    if (last?.analysis !== analysis || !isSameView(last.view, view))
      last = { analysis, view, model: build(analysis, view) }
    return last.model
  }
}

function isSameView(a: GraphView, b: GraphView): boolean {
  return (
    a.marks === b.marks &&
    a.selection === b.selection &&
    (a.unfolded === b.unfolded || a.unfolded.size + b.unfolded.size === 0) &&
    a.showContext === b.showContext &&
    a.withoutProblems === b.withoutProblems
  )
}

/** Keeps a value for each node for as long as what it is made of stays the same. */
function createMemory<Value>() {
  const kept = new Map<string, { readonly madeOf: readonly unknown[]; readonly value: Value }>()
  return (node: string, madeOf: readonly unknown[], make: () => Value): Value => {
    const known = kept.get(node)
    if (known?.madeOf.length === madeOf.length && known.madeOf.every((part, at) => Object.is(part, madeOf[at])))
      return known.value
    const value = make()
    kept.set(node, { madeOf, value })
    return value
  }
}

function whenNeeded(analysis: Analysis, stage: StageId): string | null {
  const choice = neededWhen(analysis).get(stage)
  return choice === undefined ? null : choiceText(choice)
}

/**
 * A base image is written on its stage's card. It becomes a node of its own where a line adds something: where files are
 * copied or mounted from it too, or where more than two stages begin from it: for two, a whole column of the canvas
 * would say what a word on each card says.
 */
function isDrawn(edge: GraphEdge, uses: readonly GraphEdge[], showContext: boolean): boolean {
  if (isMainContext(edge)) return showContext
  if (edge.kind !== 'base' || edge.from.kind === 'stage' || edge.from.kind === 'unresolved') return true
  return edge.from.kind !== 'scratch' && (uses.length > 2 || uses.some(use => use.kind !== 'base'))
}

function isMainContext(edge: GraphEdge): boolean {
  return edge.from.kind === 'context' && edge.from.name === ''
}

function sourceContents(
  edges: readonly GraphEdge[],
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<string, SourceContent> {
  const contents = new Map<string, SourceContent>()
  for (const edge of edges) {
    const key = nodeKey(edge.from)
    const content = contents.has(key) ? null : sourceContent(edge, diagnostics)
    if (content !== null) contents.set(key, content)
  }
  return contents
}

function sourceContent(edge: GraphEdge, diagnostics: readonly Diagnostic[]): SourceContent | null {
  const { from } = edge
  switch (from.kind) {
    case 'stage':
      return null
    case 'scratch':
      return { kind: 'source', source: 'scratch', title: 'scratch', detail: '' }
    case 'context':
      return from.name === ''
        ? { kind: 'source', source: 'context', title: 'Build context', detail: '' }
        : { kind: 'source', source: 'context', title: from.name, detail: 'Named context' }
    case 'unresolved':
      return { kind: 'source', source: 'unresolved', title: from.text, detail: unresolvedDetail(from.text) }
    case 'image': {
      const doubt = diagnostics.find(
        diagnostic =>
          diagnostic.rule === 'unknown-stage' && diagnostic.severity !== 'hint' && diagnostic.line === edge.line,
      )
      return doubt === undefined
        ? { kind: 'source', source: 'image', title: from.reference, detail: 'External image' }
        : {
            kind: 'source',
            source: 'unresolved',
            title: from.reference,
            // The whole of it is among the problems.
            detail: /Did you mean .+/.exec(doubt.message)?.[0] ?? `Would be pulled as ${pulledAs(from.reference)}`,
          }
    }
  }
}

function unresolvedDetail(text: string): string {
  return text.includes('$') ? 'Needs a value' : 'There is no such stage'
}

/** A reference the way the engine would complete it: `bulid` is `docker.io/library/bulid`. */
function pulledAs(reference: string): string {
  const [first = '', ...rest] = reference.split('/')
  if (rest.length === 0) return `docker.io/library/${reference}`
  return first.includes('.') || first.includes(':') || first === 'localhost' ? reference : `docker.io/${reference}`
}

function groupBy<Value, Key>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
