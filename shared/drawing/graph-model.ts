import type { Analysis } from '../analysis.ts'
import { choiceText, neededWhen } from '../graph/needed-when.ts'
import type { Diagnostic, GraphEdge, StageId } from '../graph/stage-graph.ts'
import type { Selection } from '../selection.ts'
import type { BuildMarks } from '../builds/build-marks.ts'
import { foldEverythingFrom, nodeKey, sourceCard, stageCard, type Card, type SourceContent } from './card-model.ts'
import { drawEdges, type DrawnEdge } from './edge-model.ts'

export interface GraphView {
  readonly marks: BuildMarks
  readonly selection: Selection
  readonly unfolded: ReadonlyMap<StageId, boolean>
  /** Whether the main build context and its edges are drawn. */
  readonly showContext: boolean
}

/** What is to be drawn, before anything has a place. */
export interface GraphModel {
  readonly cards: readonly Card[]
  readonly edges: readonly DrawnEdge[]
  /** Edges of the main build context, drawn or not. */
  readonly contextCount: number
}

export function graphModel(analysis: Analysis, view: GraphView): GraphModel {
  const { stages, edges, target } = analysis.graph
  const uses = groupBy(edges, edge => nodeKey(edge.from))
  const drawn = edges.filter(edge => isDrawn(edge, uses.get(nodeKey(edge.from)) ?? [], view.showContext))
  const diagnosticsOf = groupBy(analysis.diagnostics, diagnostic => diagnostic.stage)
  const edgesInto = groupBy(drawn, edge => edge.to)
  const basesDrawn = new Set(drawn.filter(edge => edge.kind === 'base').map(edge => edge.to))
  const { expected } = analysis
  const cards: Card[] = sourceCards(drawn, analysis.diagnostics)
  for (const stage of stages) {
    const arriving = edgesInto.get(stage.id) ?? []
    cards.push(
      stageCard(stage, {
        isTarget: stage.id === target,
        neededWhen: stage.reachable ? null : whenNeeded(analysis, stage.id),
        baseHasNode: basesDrawn.has(stage.id),
        unfolded: view.unfolded.get(stage.id),
        foldByDefault: stages.length >= foldEverythingFrom,
        linesWithEdges: new Set(arriving.filter(edge => edge.kind !== 'context').map(edge => edge.line)),
        marks: view.marks,
        weight: analysis.artifacts.weights.get(stage.id) ?? null,
        expected: expected.get(stage.id) ?? [],
        selection: view.selection,
        diagnostics: diagnosticsOf.get(stage.id) ?? [],
      }),
    )
  }
  return {
    cards,
    edges: drawEdges({
      stages,
      edges: drawn,
      cards,
      marks: view.marks,
      selection: view.selection,
      artifacts: analysis.artifacts,
    }),
    contextCount: edges.filter(isMainContext).length,
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

function sourceCards(edges: readonly GraphEdge[], diagnostics: readonly Diagnostic[]): Card[] {
  const cards = new Map<string, Card>()
  for (const edge of edges) {
    const key = nodeKey(edge.from)
    if (cards.has(key)) continue
    const content = sourceContent(edge, diagnostics)
    if (content !== null) cards.set(key, sourceCard(key, content))
  }
  return [...cards.values()]
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
      const isDoubted = diagnostics.some(
        diagnostic =>
          diagnostic.rule === 'unknown-stage' && diagnostic.severity !== 'hint' && diagnostic.line === edge.line,
      )
      return isDoubted
        ? {
            kind: 'source',
            source: 'unresolved',
            title: from.reference,
            detail: `Would be pulled as ${pulledAs(from.reference)}`,
          }
        : { kind: 'source', source: 'image', title: from.reference, detail: 'External image' }
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
