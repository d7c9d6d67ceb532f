import type { Analysis } from '../analysis.ts'
import { stageTitle, type EdgeId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { referencesTo } from './references.ts'
import { renameStage } from './rename-stage.ts'
import { withoutSideEffects } from './side-effects.ts'
import { stageById } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/** Gives a name to the unnamed stage that a COPY counts to, and writes it wherever one does. */
export function nameForIndex(analysis: Analysis, edge: EdgeId, name: string): EditOutcome {
  const found = writtenEdge(analysis, edge)
  if (found.kind === 'refused') return found
  const stage = found.from.kind === 'stage' ? stageById(analysis, found.from.stage) : null
  if (stage === null) return refused(`Line ${found.line} takes from no stage of this file.`)
  if (stage.writtenName !== null) return refused(`${stageTitle(stage)} has a name already.`)
  const naming = renameStage(analysis, stage.id, name)
  if (naming.kind === 'refused') return naming
  const counted = referencesTo(analysis, stage.id).filter(({ kind }) => kind === 'copy')
  return withoutSideEffects(analysis, {
    title: naming.title,
    edits: [...naming.edits, ...counted.map(({ range }) => ({ ...range, insert: name }))],
    warnings: naming.warnings,
  })
}
