import { analyze, defaultInputs, type BuildInputs } from '../../shared/analysis.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { EdgeSource, StageId } from '../../shared/graph/stage-graph.ts'

export interface ReferenceStage {
  readonly index: number
  readonly name: string
  readonly base?: string
  readonly baseName?: string
  readonly baseStage: number
  /** '' where BuildKit had not come to the stage when it was asked. */
  readonly platform?: string
  readonly start?: number
  readonly end?: number
  readonly startLine?: number
  readonly endLine?: number
  readonly implicit?: boolean
  readonly unregistered?: boolean
  readonly reachable: boolean
  readonly deps?: readonly ReferenceDependency[] | null
}

export interface ReferenceDependency {
  readonly cmd: string
  readonly line: number
  readonly from: string
  readonly to: number
  readonly toKind: string
}

export interface ReferenceGraph {
  readonly target: number
  readonly stages: readonly ReferenceStage[]
}

export function inputsOf(target: string | null, buildArgs: Readonly<Record<string, string>> | null): BuildInputs {
  return { ...defaultInputs, target, buildArgs: buildArgs ?? {} }
}

/** BuildKit's stages with what they copy and mount from; mounts without `from` lean on an empty image and are left out. */
export function referenceGraph(graph: ReferenceGraph): unknown {
  return {
    target: graph.target,
    stages: graph.stages
      .filter(stage => !(stage.implicit ?? stage.unregistered ?? false))
      .map(stage => ({
        index: stage.index,
        name: stage.name,
        base: stage.base ?? stage.baseName,
        baseStage: stage.baseStage,
        lines: [stage.start ?? stage.startLine, stage.end ?? stage.endLine],
        reachable: stage.reachable,
        dependencies: (stage.deps ?? [])
          .filter(dependency => dependency.from !== '')
          .map(
            ({ cmd, line, to, toKind, from }) =>
              `${cmd.toUpperCase()} ${line} ${toKind === 'stage' ? `stage ${to}` : `image ${from}`}`,
          )
          .sort(),
      })),
  }
}

export function slipwayGraph(text: string, inputs: BuildInputs): { analysis: Analysis; graph: unknown } {
  const analysis = analyze(text, inputs)
  const { stages, edges, target } = analysis.graph
  const indexOf = new Map<StageId, number>(stages.map(stage => [stage.id, stage.index]))
  const name = (source: EdgeSource): string => {
    switch (source.kind) {
      case 'stage':
        return `stage ${indexOf.get(source.stage) ?? -1}`
      case 'image':
        return `image ${source.reference}`
      case 'scratch':
        return 'image scratch'
      case 'context':
        return `context ${source.name}`
      case 'unresolved':
        return `unresolved ${source.text}`
    }
  }
  return {
    analysis,
    graph: {
      target: target === null ? -1 : indexOf.get(target),
      stages: stages.map(stage => ({
        index: stage.index,
        name: stage.name,
        base: stage.base,
        baseStage: stage.baseSource.kind === 'stage' ? indexOf.get(stage.baseSource.stage) : -1,
        lines: [stage.startLine, stage.endLine],
        reachable: stage.reachable,
        dependencies: edges
          // BuildKit resolves triggers when it gets to the child, and to unreachable stages it never gets.
          .filter(edge => edge.to === stage.id && (stage.reachable || !edge.onbuild))
          .filter(edge => edge.kind === 'copy' || (edge.kind === 'mount' && edge.from.kind !== 'context'))
          .map(edge => `${edge.keyword} ${edge.line} ${name(edge.from)}`)
          .sort(),
      })),
    },
  }
}
