import type { Analysis } from '../analysis.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import { quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

/** The stages through which `to` needs `from`, both included; null where it does not. */
export function dependencyPath(analysis: Analysis, from: Stage, to: Stage): readonly Stage[] | null {
  const cameFrom = new Map<StageId, StageId | null>([[from.id, null]])
  const waiting: StageId[] = [from.id]
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (id === to.id) return pathTo(analysis, id, cameFrom)
    for (const edge of analysis.graph.edges) {
      if (edge.from.kind !== 'stage' || edge.from.stage !== id || cameFrom.has(edge.to)) continue
      cameFrom.set(edge.to, id)
      waiting.push(edge.to)
    }
  }
  return null
}

/** The sentence against an edge from `from` to `to`, where `from` already needs `to`; null where it does not. */
export function cycleRefusal(analysis: Analysis, from: Stage, to: Stage): string | null {
  const path = dependencyPath(analysis, to, from)
  if (path === null) return null
  return `That would make a cycle: ${[from, ...path].map(quoted).join(' → ')}.`
}

function pathTo(analysis: Analysis, last: StageId, cameFrom: ReadonlyMap<StageId, StageId | null>): readonly Stage[] {
  const path: Stage[] = []
  for (let id: StageId | null = last; id !== null; id = cameFrom.get(id) ?? null) {
    const stage = stageById(analysis, id)
    if (stage !== null) path.unshift(stage)
  }
  return path
}
