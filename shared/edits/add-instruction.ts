import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf, partsStepsOf } from './habits.ts'
import { indentationAt } from './source-lines.ts'
import { fromInstruction, instructionsOf, lineAfter, stageById } from './stage-text.ts'
import {
  instructionText,
  notAnInstruction,
  notAStep,
  stepAt,
  withInstructions,
  writtenInstructions,
} from './step-edits.ts'

/**
 * Writes one instruction, given as it is to stand there, into a stage: below the step with the index `after`, below FROM
 * for that of the FROM itself, at the end for null.
 */
export function addInstruction(
  analysis: Analysis,
  stage: StageId,
  text: string,
  after: number | null = null,
): EditOutcome {
  const { file } = analysis
  const to = stageById(analysis, stage)
  if (to === null) return refused('That stage is no longer in the file.')
  const from = fromInstruction(analysis, to)
  const all = instructionsOf(analysis, to)
  const above = after === null ? all.at(-1) : all.find(each => each.index === after)
  if (above === undefined) return refused(notAStep)
  if (above !== from && stepAt(analysis, above.index) === null) return refused(notAStep)
  const line = instructionText(file, text)
  if (line === null) return refused(notAnInstruction)
  const neighbour = above === from ? all[1] : above
  const indentation =
    neighbour === undefined ? habitsOf(analysis).stepIndentation : indentationAt(file.text, neighbour.range.from)
  const expected = writtenInstructions(file).slice()
  expected.splice(above.index + 1, 0, line)
  return withInstructions(
    analysis,
    {
      title: `Add ${firstWord(line)} to ${stageTitle(to)}`,
      edits: [lineAfter(file, above, indentation + line, partsStepsOf(analysis, to))],
    },
    expected,
  )
}

function firstWord(line: string): string {
  let end = 0
  while (end < line.length && line.charAt(end).trim() !== '') end += 1
  return line.slice(0, end).toUpperCase()
}
