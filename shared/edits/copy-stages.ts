import type { Analysis } from '../analysis.ts'
import { readIndex } from '../graph/references.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { habitsOf } from './habits.ts'
import { referencesOf } from './references.ts'
import { copyReference } from './stage-names.ts'
import { blankLinesBelow, ownRange, stageById } from './stage-text.ts'

/**
 * The Dockerfile text of stages with their comments, in file order; '' for none. Numbers of stages become names; where
 * there is no name, they count among these stages, and `+N` counts in the whole file, which BuildKit reads as N.
 */
export function stageText(analysis: Analysis, ids: readonly StageId[]): string {
  const { file, graph } = analysis
  const copied = graph.stages.filter(stage => ids.includes(stage.id))
  const references = numberEdits(analysis, copied)
  const habits = habitsOf(analysis)
  const texts = copied.map(stage => {
    const { from, to } = ownRange(analysis, stage)
    const within = references.filter(edit => edit.from >= from && edit.to <= to)
    return applyEdits(
      file.text.slice(from, to),
      within.map(edit => ({ from: edit.from - from, to: edit.to - from, insert: edit.insert })),
    )
  })
  return texts
    .map((text, at) => text + file.lineEnding.repeat(at === texts.length - 1 ? 1 : 1 + blankLinesBelow(text, habits)))
    .join('')
}

function numberEdits(analysis: Analysis, copied: readonly Stage[]): readonly TextEdit[] {
  return referencesOf(analysis).flatMap(reference => {
    const number = reference.kind === 'copy' ? readIndex(reference.value) : null
    const user = number === null ? -1 : copied.findLastIndex(stage => stage.range.from <= reference.range.from)
    const [edge] = reference.edges
    const meant = edge?.from.kind === 'stage' ? stageById(analysis, edge.from.stage) : null
    if (user < 0 || meant === null) return []
    const place = copied.indexOf(meant)
    const name = copyReference(analysis, meant)
    const isOnly = place >= 0 || copied.every(stage => stage.name !== meant.name)
    const index = place >= 0 ? String(place) : meant.index < user ? `+${meant.index}` : String(meant.index)
    return [{ ...reference.range, insert: isOnly && readIndex(name) === null ? name : index }]
  })
}
