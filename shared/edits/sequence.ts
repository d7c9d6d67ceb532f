import { analyze, type Analysis } from '../analysis.ts'
import { composeEdits } from '../text/compose-edits.ts'
import { applyEdits, mapThrough, type TextEdit } from '../text/text-edit.ts'
import { edits, type EditOutcome } from './edit-outcome.ts'
import { quoted } from './stage-names.ts'

/** Gestures as one: each is asked of the text that those before it leave, and one refusal refuses all. */
export function inSequence(
  analysis: Analysis,
  title: string,
  gestures: readonly ((current: Analysis) => EditOutcome)[],
  warnings: readonly string[] = [],
): EditOutcome {
  let current = analysis
  let list: readonly TextEdit[] = []
  for (const gesture of gestures) {
    const outcome = gesture(current)
    if (outcome.kind === 'refused') return outcome
    list = composeEdits(analysis.file.text.length, list, outcome.edits)
    const mapOffset = mapThrough(outcome.edits)
    const text = applyEdits(current.file.text, outcome.edits)
    current = analyze(text, current.inputs, { analysis: current, mapOffset })
  }
  return edits(title, list, [...warnings, ...lastStageWarnings(analysis, current)])
}

/** Whether a build without a target makes another stage than before. */
function lastStageWarnings(before: Analysis, after: Analysis): readonly string[] {
  const last = after.graph.stages.at(-1)
  if (last === undefined || last.id === before.graph.stages.at(-1)?.id || before.inputs.target !== null) return []
  return [`${quoted(last)} is now the last stage: it is what a build without a target makes.`]
}

/** What several stages are called together. */
export function titleOfSeveral(titles: readonly string[]): string {
  const [first = '', second, ...others] = titles
  return second === undefined ? first : others.length === 0 ? `${first} and ${second}` : `${titles.length} stages`
}
