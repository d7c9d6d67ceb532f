import { stageTitle, type Stage, type StageGraph, type StageId } from './stage-graph.ts'

/** More users of a stage are counted, and not named. */
const mostNamed = 2
const found = new WeakMap<StageGraph, ReadonlyMap<StageId, string>>()

/** Why a build of the target leaves stages out, a sentence each. Kept for the graph: computed when first asked for. */
export function whyNotNeeded(graph: StageGraph): ReadonlyMap<StageId, string> {
  let reasons = found.get(graph)
  if (reasons === undefined) found.set(graph, (reasons = reasonsIn(graph)))
  return reasons
}

function reasonsIn({ stages, edges, target }: StageGraph): ReadonlyMap<StageId, string> {
  const titleOf = new Map(stages.map(stage => [stage.id, inWords(stage)]))
  const usersOf = new Map(stages.map(({ id }) => [id, new Set<StageId>()]))
  for (const { from, to } of edges) if (from.kind === 'stage') usersOf.get(from.stage)?.add(to)
  const wanted = target === null ? undefined : titleOf.get(target)
  const reason = (users: ReadonlySet<StageId>): string => {
    if (wanted === undefined) return 'Not needed: the target is no stage of this file.'
    if (users.size === 0) return 'Not needed: no stage builds on it, copies from it or mounts it.'
    const named =
      users.size > mostNamed ? `${users.size} stages` : [...users].flatMap(id => titleOf.get(id) ?? []).join(' and ')
    return `Not needed: only ${named} ${users.size === 1 ? 'takes' : 'take'} from it, which ${wanted} does not need.`
  }
  return new Map(
    stages.filter(({ reachable }) => !reachable).map(({ id }) => [id, reason(usersOf.get(id) ?? new Set())]),
  )
}

function inWords(stage: Stage): string {
  return stage.writtenName === null ? stageTitle(stage) : `\`${stage.writtenName}\``
}
