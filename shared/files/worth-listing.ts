import type { BuildRequest } from '../builds/build-events.ts'
import { requestedStage } from '../builds/step-places.ts'
import type { Stage, StageGraph } from '../graph/stage-graph.ts'

/**
 * The stages, by index, whose files say something of others: first those that files are copied from, then the one that
 * was built and what it stands on.
 */
export function stagesWorthListing(
  graph: StageGraph,
  finished: readonly Stage[],
  target: BuildRequest['target'],
): readonly number[] {
  const wanted = new Set<string>()
  for (const { kind, from } of graph.edges) if (kind === 'copy' && from.kind === 'stage') wanted.add(from.stage)
  let stage = requestedStage(graph, target)
  while (stage !== undefined) {
    wanted.add(stage.id)
    const { baseSource, index } = stage
    stage = graph.stages.find(({ id }) => baseSource.kind === 'stage' && id === baseSource.stage)
    // BuildKit takes a base from above; a file it refuses may say otherwise.
    if (stage !== undefined && stage.index >= index) break
  }
  return [...wanted].flatMap(id => finished.find(each => each.id === id)?.index ?? [])
}
