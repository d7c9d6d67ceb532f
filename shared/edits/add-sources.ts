import type { Analysis } from '../analysis.ts'
import { stageTitle, type EdgeId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { makerOf } from './references.ts'
import { setCopy } from './set-copy.ts'
import { stageById } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/** Lets a COPY --from take more paths, written as they are to stand there. One that it takes already is left out. */
export function addSources(analysis: Analysis, edge: EdgeId, paths: readonly string[]): EditOutcome {
  const copied = writtenEdge(analysis, edge)
  if (copied.kind === 'refused') return copied
  const copy = makerOf(analysis, copied)
  if (copied.kind !== 'copy' || copy === null) return refused(`Line ${copied.line} is no COPY --from.`)
  const to = stageById(analysis, copied.to)
  const added = paths.filter(path => !copied.sources.includes(path))
  if (added.length === 0) return refused(`Line ${copied.line} copies that already.`)
  if (!copied.destination.endsWith('/') && copied.destination !== '.')
    return refused(
      `Line ${copied.line} copies to \`${copied.destination}\`, which may be one file: several sources need a folder, with \`/\` at its end.`,
    )
  const outcome = setCopy(analysis, copy.index, { sources: [...copied.sources, ...added] })
  if (outcome.kind === 'refused' || to === null) return outcome
  return { ...outcome, title: `Copy ${added.join(' ')} to ${stageTitle(to)}, too` }
}
