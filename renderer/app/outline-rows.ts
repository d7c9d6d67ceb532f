import { sourceTitle } from '../../shared/graph/edge-source.ts'
import {
  stageTitle,
  type GraphEdge,
  type Stage,
  type StageGraph,
  type StageId,
  type Step,
} from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'

/** A line of the outline, with its place in the tree. */
export interface OutlineRow {
  readonly key: string
  readonly level: 1 | 2 | 3
  /** Among its siblings, from 1. */
  readonly position: number
  readonly siblings: number
  /** Null for what holds nothing. */
  readonly expanded: boolean | null
  readonly stage: Stage
  /** What the row stands for. */
  readonly selection: Selection
  readonly keyword: string
  readonly text: string
  /** 1-based. */
  readonly line: number
}

/** Stages with their steps, and with each what it takes from elsewhere; only what stands under an expanded row. */
export function outlineRows({ stages, edges }: StageGraph, expanded: ReadonlySet<string>): readonly OutlineRow[] {
  const edgesOf = new Map<StageId, GraphEdge[]>()
  for (const edge of edges) {
    const found = edgesOf.get(edge.to)
    if (found === undefined) edgesOf.set(edge.to, [edge])
    else found.push(edge)
  }
  return stages.flatMap((stage, index) => {
    const own = edgesOf.get(stage.id) ?? []
    const bases = own.filter(edge => edge.kind === 'base' || !stage.steps.some(step => isOf(edge, step)))
    const count = bases.length + stage.steps.length
    const key = stageKey(stage.id)
    const row: OutlineRow = {
      ...{ key, level: 1, position: index + 1, siblings: stages.length, stage },
      expanded: count === 0 ? null : expanded.has(key),
      selection: { kind: 'stage', stage: stage.id },
      ...{ keyword: '', text: stageTitle(stage), line: stage.startLine },
    }
    if (row.expanded !== true) return [row]
    const edgeRow = (edge: GraphEdge, level: 2 | 3, position: number, siblings: number): OutlineRow => ({
      ...{ key: edgeKey(edge.id), level, position, siblings, stage, expanded: null },
      selection: { kind: 'edge', edge: edge.id },
      keyword: level === 2 ? edge.keyword : '',
      text: edgeText(edge, stages),
      line: edge.line,
    })
    const steps = stage.steps.flatMap((step, at): readonly OutlineRow[] => {
      const taken = own.filter(edge => edge.kind !== 'context' && isOf(edge, step))
      const stepRow: OutlineRow = {
        ...{ key: stepKey(step.instruction), level: 2, position: bases.length + at + 1, siblings: count, stage },
        expanded: taken.length === 0 ? null : expanded.has(stepKey(step.instruction)),
        selection: { kind: 'step', stage: stage.id, instruction: step.instruction },
        ...{ keyword: step.keyword, text: step.gist, line: step.line },
      }
      const below = stepRow.expanded === true ? taken : []
      return [stepRow, ...below.map((edge, place) => edgeRow(edge, 3, place + 1, below.length))]
    })
    return [row, ...bases.map((edge, place) => edgeRow(edge, 2, place + 1, count)), ...steps]
  })
}

function isOf(edge: GraphEdge, step: Step): boolean {
  return edge.range.from === step.range.from && !edge.onbuild
}

/** The rows that must be expanded for a selection to be seen, and its own last. */
export function pathTo(selection: Selection, { stages, edges }: StageGraph): readonly string[] {
  switch (selection.kind) {
    case 'none':
      return []
    case 'stage':
      return [stageKey(selection.stage)]
    case 'step':
      return [stageKey(selection.stage), stepKey(selection.instruction)]
    case 'edge': {
      const edge = edges.find(each => each.id === selection.edge)
      if (edge === undefined) return []
      const step = stages.find(stage => stage.id === edge.to)?.steps.find(each => isOf(edge, each))
      return [stageKey(edge.to), ...(step === undefined ? [] : [stepKey(step.instruction)]), edgeKey(edge.id)]
    }
  }
}

export function stageKey(stage: StageId): string {
  return `stage ${stage}`
}

function stepKey(instruction: number): string {
  return `step ${instruction}`
}

function edgeKey(edge: string): string {
  return `edge ${edge}`
}

function edgeText(edge: GraphEdge, stages: readonly Stage[]): string {
  const from = sourceTitle(edge.from, stages)
  if (edge.kind === 'base') return from
  const paths = [edge.sources.join(' '), edge.destination].filter(path => path !== '').join(' → ')
  return paths === '' ? `from ${from}` : `from ${from}: ${paths}`
}
