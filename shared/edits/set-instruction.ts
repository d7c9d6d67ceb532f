import type { Analysis } from '../analysis.ts'
import { stageTitle } from '../graph/stage-graph.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { makerOf } from './references.ts'
import {
  instructionText,
  notAnInstruction,
  notAStep,
  stepAt,
  withInstructions,
  writtenInstructions,
} from './step-edits.ts'

/** Replaces the text of a step, given by its index among the file's instructions; its comments stay. */
export function setInstruction(analysis: Analysis, instruction: number, text: string): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step, stage } = found
  const line = instructionText(analysis.file, text)
  if (line === null) return refused(notAnInstruction)
  const title = `Change ${step.keyword} of ${stageTitle(stage)}`
  if (line === step.raw) return edits(title, [])
  const expected = writtenInstructions(analysis.file).map((raw, index) => (index === instruction ? line : raw))
  return withInstructions(
    analysis,
    { title, edits: [{ ...step.range, insert: line }], changes: edge => makerOf(analysis, edge) === step },
    expected,
  )
}
