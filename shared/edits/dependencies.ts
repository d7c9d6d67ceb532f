import type { Analysis } from '../analysis.ts'
import type { Stage, StageGraph, StageId } from '../graph/stage-graph.ts'
import { quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

/** The stages through which `to` needs `from`, both included; null where it does not. */
export function dependencyPath(analysis: Analysis, from: Stage, to: Stage): readonly Stage[] | null {
  const cameFrom = new Map<StageId, StageId | null>([[from.id, null]])
  const users = usersByStage(analysis.graph)
  const waiting: StageId[] = [from.id]
  for (const id of waiting) {
    if (id === to.id) return pathTo(analysis, id, cameFrom)
    for (const user of users.get(id) ?? []) {
      if (cameFrom.has(user)) continue
      cameFrom.set(user, id)
      waiting.push(user)
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

/** Asked of every stage while an edge is dragged, so it is kept with the graph it belongs to. */
const usersByGraph = new WeakMap<StageGraph, ReadonlyMap<StageId, readonly StageId[]>>()

/** The stages that take something from each stage. */
function usersByStage(graph: StageGraph): ReadonlyMap<StageId, readonly StageId[]> {
  const known = usersByGraph.get(graph)
  if (known !== undefined) return known
  const users = new Map<StageId, StageId[]>()
  for (const edge of graph.edges) {
    if (edge.from.kind !== 'stage') continue
    const list = users.get(edge.from.stage)
    if (list === undefined) users.set(edge.from.stage, [edge.to])
    else list.push(edge.to)
  }
  usersByGraph.set(graph, users)
  return users
}

function pathTo(analysis: Analysis, last: StageId, cameFrom: ReadonlyMap<StageId, StageId | null>): readonly Stage[] {
  const path: Stage[] = []
  for (let id: StageId | null = last; id !== null; id = cameFrom.get(id) ?? null) {
    const stage = stageById(analysis, id)
    if (stage !== null) path.unshift(stage)
  }
  return path
}
