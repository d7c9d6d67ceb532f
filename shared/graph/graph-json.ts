import type { Diagnostic, EdgeSource, Severity, StageGraph, StageId } from './stage-graph.ts'

/** The command line's JSON. Lines are 1-based, stages are named by their index. */
export interface GraphJson {
  /** Index of the stage that would be built; null where there is none. */
  readonly target: number | null
  readonly stages: readonly StageJson[]
  readonly edges: readonly EdgeJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

export interface StageJson {
  readonly index: number
  /** Lower case; '' for an unnamed stage. */
  readonly name: string
  readonly base: string
  /** Index of the stage it is based on; null for an image. */
  readonly baseStage: number | null
  /** Lines of the FROM. */
  readonly startLine: number
  readonly endLine: number
  readonly reachable: boolean
}

export type SourceJson =
  | { readonly stage: number }
  | { readonly image: string }
  /** '' is the main context. */
  | { readonly context: string }
  | { readonly unresolved: string }

export interface EdgeJson {
  readonly kind: 'base' | 'copy' | 'mount' | 'context'
  readonly to: number
  readonly from: SourceJson
  readonly line: number
  /** Left out where there are none. */
  readonly sources?: readonly string[]
  readonly dest?: string
}

export interface DiagnosticJson {
  readonly severity: Severity
  readonly rule: string
  readonly line: number
  readonly endLine: number
  readonly message: string
}

export function graphJson(graph: StageGraph, diagnostics: readonly Diagnostic[]): GraphJson {
  const indexes = stageIndexes(graph)
  return {
    target: graph.target === null ? null : (indexes.get(graph.target) ?? null),
    stages: graph.stages.map(stage => ({
      index: stage.index,
      name: stage.name,
      base: stage.base,
      baseStage: stage.baseSource.kind === 'stage' ? (indexes.get(stage.baseSource.stage) ?? null) : null,
      startLine: stage.startLine,
      endLine: stage.endLine,
      reachable: stage.reachable,
    })),
    edges: graph.edges.map(edge => ({
      kind: edge.kind,
      to: indexes.get(edge.to) ?? -1,
      from: sourceJson(edge.from, indexes),
      line: edge.line,
      ...(edge.sources.length === 0 ? {} : { sources: edge.sources }),
      ...(edge.destination === '' ? {} : { dest: edge.destination }),
    })),
    diagnostics: diagnosticsJson(diagnostics),
  }
}

export function diagnosticsJson(diagnostics: readonly Diagnostic[]): DiagnosticJson[] {
  return diagnostics.map(({ severity, rule, line, endLine, message }) => ({ severity, rule, line, endLine, message }))
}

/** Index of every stage by its id. */
export function stageIndexes(graph: StageGraph): ReadonlyMap<StageId, number> {
  return new Map(graph.stages.map(stage => [stage.id, stage.index]))
}

function sourceJson(source: EdgeSource, indexes: ReadonlyMap<StageId, number>): SourceJson {
  switch (source.kind) {
    case 'stage':
      return { stage: indexes.get(source.stage) ?? -1 }
    case 'image':
      return { image: source.reference }
    case 'scratch':
      return { image: 'scratch' }
    case 'context':
      return { context: source.name }
    case 'unresolved':
      return { unresolved: source.text }
  }
}
