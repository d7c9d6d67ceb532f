import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { copyEdit, pathRefusal, type CopyPaths } from './copy-line.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { stageById } from './stage-text.ts'

export interface ContextConnection extends CopyPaths {
  readonly to: StageId
}

/** Writes one COPY that takes files from the build context. */
export function connectContext(analysis: Analysis, connection: ContextConnection): EditOutcome {
  const to = stageById(analysis, connection.to)
  if (to === null) return refused('That stage is no longer in the file.')
  const reason = pathRefusal(connection)
  if (reason !== null) return refused(reason)
  return withoutSideEffects(analysis, {
    title: `Connect build context → ${stageTitle(to)}`,
    edits: [copyEdit(analysis, to, null, connection)],
    wanted: (edge, indexOf) =>
      edge.kind === 'context' &&
      indexOf(edge.to) === to.index &&
      edge.keyword === 'COPY' &&
      edge.destination === connection.destination.trim(),
  })
}
