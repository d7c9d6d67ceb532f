import type { Analysis } from '../analysis.ts'
import { stageTitle, type Stage, type StageId } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf } from './habits.ts'
import { renumbered } from './references.ts'
import { nameInDescription } from './set-description.ts'
import { withoutSideEffects } from './side-effects.ts'
import { freeName, nameRefusal, nameEdit, withoutNumber } from './stage-names.ts'
import { ownRange, stageById, withStage } from './stage-text.ts'

/**
 * Writes a stage's text once more, below it, with its own comments; above it where it is the last one, so that the
 * default target stays the same. `name` is the copy's; null counts up (`build-2`), and leaves an unnamed stage unnamed.
 */
export function duplicateStage(analysis: Analysis, stage: StageId, name: string | null = null): EditOutcome {
  const original = stageById(analysis, stage)
  if (original === null) return refused('That stage is no longer in the file.')
  const { stages } = analysis.graph
  const copyName = name?.trim() ?? (original.name === '' ? '' : freeName(analysis, withoutNumber(original.name)))
  const reason = copyName === '' ? null : nameRefusal(analysis, copyName, null)
  if (reason !== null) return refused(reason)
  // Below a stage that bears its base's name, that name would mean the stage.
  const isAbove = original.index === stages.length - 1 || original.name === original.base
  const index = isAbove ? original.index : original.index + 1
  const newIndex = (old: number) => (old >= index ? old + 1 : old)
  const numbers = renumbered(analysis, newIndex)
  return withoutSideEffects(analysis, {
    title: `Duplicate ${stageTitle(original)}`,
    edits: [
      withStage(analysis, copyText(analysis, original, copyName, numbers), stages[index] ?? null, habitsOf(analysis)),
      ...numbers,
    ],
    newIndex,
    stages: 1,
    wanted: (edge, indexOf) =>
      edge.kind === 'base' && indexOf(edge.to) === index && edge.from.kind === original.baseSource.kind,
  })
}

function copyText(analysis: Analysis, original: Stage, name: string, numbers: readonly TextEdit[]): string {
  const own = ownRange(analysis, original)
  const described = nameInDescription(analysis, original)
  const list = [nameEdit(analysis, original, name, habitsOf(analysis)), ...numbers]
  if (described !== null && name !== '') list.push({ ...described, insert: name })
  return applyEdits(
    analysis.file.text.slice(own.from, own.to),
    list
      .filter(edit => edit.from >= own.from && edit.to <= own.to)
      .map(edit => ({ from: edit.from - own.from, to: edit.to - own.from, insert: edit.insert })),
  )
}
