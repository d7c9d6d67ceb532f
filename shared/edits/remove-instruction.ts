import type { Analysis } from '../analysis.ts'
import { stageTitle } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { makerOf } from './references.ts'
import { withoutInstruction } from './stage-text.ts'
import { notAStep, stepAt, withInstructions, writtenInstructions } from './step-edits.ts'

/** Takes a step away, given by its index among the file's instructions. Comments above it stay. */
export function removeInstruction(analysis: Analysis, instruction: number): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step, stage } = found
  return withInstructions(
    analysis,
    {
      title: `Remove ${step.keyword} from ${stageTitle(stage)}`,
      edits: [withoutInstruction(analysis.file, step)],
      changes: edge => makerOf(analysis, edge) === step,
    },
    writtenInstructions(analysis.file).filter((_, index) => index !== instruction),
  )
}
