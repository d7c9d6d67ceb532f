import type { VertexDigest } from '../../../shared/builds/build-events.ts'
import type { Vertex } from './definition.ts'
import type { StageOutline } from './stage-outline.ts'

/** What a stage is on the engine: the vertex its file system comes out of, nothing at all (scratch), or not built. */
export type StageResult =
  { readonly kind: 'vertex'; readonly vertex: VertexDigest } | { readonly kind: 'empty' } | { readonly kind: 'absent' }

/**
 * Finds the vertex in which a stage ends: the last one of its own instructions, or else what it is built on. The line map
 * is BuildKit's own; names of vertices are not to be relied on. Steps that begin after `line` are left out.
 */
export function resultOfStage(
  stages: readonly StageOutline[],
  vertices: readonly Vertex[],
  index: number,
  line = Infinity,
): StageResult {
  const stage = stages[index]
  if (!stage) return { kind: 'absent' }
  const own = lastVertexOf(stage, vertices, line)
  if (own) return { kind: 'vertex', vertex: own.digest }
  if (stage.baseStage !== null && stage.baseStage < index) return resultOfStage(stages, vertices, stage.baseStage)
  if (stage.base === 'scratch') return { kind: 'empty' }
  const base = baseVertex(stages, vertices, stage)
  return base ? { kind: 'vertex', vertex: base.digest } : { kind: 'absent' }
}

function lastVertexOf(stage: StageOutline, vertices: readonly Vertex[], untilLine: number): Vertex | null {
  let last: Vertex | null = null
  let lastLine = 0
  for (const vertex of vertices) {
    // Named by the stage's FROM, it is the base and shared with others.
    if (vertex.source?.startsWith('docker-image://')) continue
    for (const { start } of vertex.lines) {
      if (start <= stage.fromEndLine || start > Math.min(stage.endLine, untilLine)) continue
      // Of several vertices of one instruction the last in order needs the others, never the other way round.
      if (start >= lastLine) {
        last = vertex
        lastLine = start
      }
    }
  }
  return last
}

/** The vertex of a stage's base image. Docker 20.10 gives a base that stages share only one of its places. */
function baseVertex(stages: readonly StageOutline[], vertices: readonly Vertex[], stage: StageOutline): Vertex | null {
  const sharing = stages.filter(other => other.baseStage === null && other.base === stage.base)
  return (
    vertices.find(
      vertex =>
        vertex.source?.startsWith('docker-image://') === true &&
        vertex.lines.some(({ start }) => sharing.some(other => start >= other.startLine && start <= other.fromEndLine)),
    ) ?? null
  )
}
