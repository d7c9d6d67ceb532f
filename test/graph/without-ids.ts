import type { Analysis } from '../../shared/analysis.ts'
import type { EdgeSource, GraphEdge, Stage, StageId } from '../../shared/graph/stage-graph.ts'

/** All that an analysis says, worked out, with stages named by their index: ids hang on what was there before. */
export function withoutIds({ graph, findings, derivation }: Analysis): unknown {
  const indexes = new Map(graph.stages.map(stage => [stage.id, stage.index]))
  const indexOf = (id: StageId | null): number | undefined => (id === null ? -1 : indexes.get(id))
  const references = derivation.reads.flatMap(each => each.references)
  const source = (from: EdgeSource): unknown => (from.kind === 'stage' ? indexOf(from.stage) : from)
  return {
    target: indexOf(graph.target),
    stages: graph.stages.map(stage => ({ ...everyPart(stage), baseSource: source(stage.baseSource) })),
    edges: graph.edges.map(edge => ({
      ...everyPartOfEdge(edge),
      from: source(edge.from),
      to: indexOf(edge.to),
      isOfItsStage: edge.id.startsWith(`${edge.to} `),
    })),
    references: references.map(({ origin, instruction, ...reference }) => ({
      ...reference,
      origin: [origin.index, origin.range],
      instruction: [instruction.index, instruction.range],
    })),
    findings: findings.map(finding => ({ ...finding, stage: indexOf(finding.stage) })),
  }
}

function everyPart(stage: Stage): object {
  const { index, name, writtenName, base, writtenBase, platform, resolvedPlatform, startLine, endLine } = stage
  const { fromRange, range, steps, reachable } = stage
  return {
    ...{ index, name, writtenName, base, writtenBase, platform, resolvedPlatform, startLine, endLine },
    ...{ fromRange, range, steps, reachable },
  }
}

function everyPartOfEdge({
  kind,
  line,
  range,
  sourceRange,
  sources,
  destination,
  keyword,
  onbuild,
}: GraphEdge): object {
  return { kind, line, range, sourceRange, sources, destination, keyword, onbuild }
}
