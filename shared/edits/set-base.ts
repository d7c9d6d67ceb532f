import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { baseWord, isBase, type StageBase } from './add-stage.ts'
import { cycleRefusal } from './dependencies.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { fromInstruction, stageById } from './stage-text.ts'

/** Changes what a stage is built FROM: only that word of the line. */
export function setBase(analysis: Analysis, stage: StageId, base: StageBase): EditOutcome {
  const child = stageById(analysis, stage)
  if (child === null) return refused('That stage is no longer in the file.')
  const parent = base.kind === 'stage' ? stageById(analysis, base.stage) : null
  if (parent?.id === child.id) return refused(`${quoted(child)} cannot be built on itself.`)
  const cycle = parent === null ? null : cycleRefusal(analysis, parent, child)
  if (cycle !== null) return refused(cycle)
  if (parent !== null && parent.index > child.index)
    return refused(
      `${quoted(parent)} stands below ${quoted(child)}: FROM reaches only stages above it. Move ${quoted(parent)} up first.`,
    )
  const word = baseWord(analysis, base, child.index)
  if (word.kind === 'refused') return refused(word.reason)
  const title = `Build ${stageTitle(child)} on ${word.text}`
  const from = fromInstruction(analysis, child)
  const written = from.arguments[0]
  if (written?.text === word.text) return edits(title, [])
  const at = from.flags.at(-1)?.range.to ?? from.keywordRange.to
  return withoutSideEffects(analysis, {
    title,
    edits: [
      written === undefined ? { from: at, to: at, insert: ` ${word.text}` } : { ...written.range, insert: word.text },
    ],
    // Triggers of the old base go and those of the new one come.
    changes: edge => edge.to === stage && (edge.kind === 'base' || edge.onbuild),
    wanted: (edge, indexOf) => edge.kind === 'base' && indexOf(edge.to) === child.index && isBase(edge.from.kind, base),
  })
}
