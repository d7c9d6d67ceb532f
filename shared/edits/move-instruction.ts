import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { stageTitle, type Stage } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { blankLinesAbove, lineEnd, nextLine, previousLine } from './source-lines.ts'
import { isParted, ownStart } from './stage-text.ts'
import { notAStep, stepAt, withInstructions, writtenInstructions } from './step-edits.ts'

/**
 * Moves a step with its own comments within its stage, to stand above the step with the index `above`, or at the end for
 * null. Indexes are those among the file's instructions.
 */
export function moveInstruction(analysis: Analysis, instruction: number, above: number | null): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step, stage } = found
  const last = stage.steps.at(-1)?.instruction ?? instruction
  const position = above ?? last + 1
  if (position !== last + 1 && !stage.steps.some(each => each.instruction === position))
    return refused(`${step.keyword} on line ${step.line} moves within its own stage only.`)
  if (position === instruction || position === instruction + 1)
    return refused(`${step.keyword} on line ${step.line} already stands there.`)
  const written = writtenInstructions(analysis.file).slice()
  written.splice(instruction, 1)
  written.splice(position > instruction ? position - 1 : position, 0, step.raw)
  return withInstructions(
    analysis,
    { title: `Move ${step.keyword} of ${stageTitle(stage)}`, edits: moveEdits(analysis, step, stage, position) },
    written,
  )
}

export function moveInstructionUp(analysis: Analysis, instruction: number): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const isFirst = found.stage.steps[0]?.instruction === instruction
  return isFirst
    ? refused(`${found.step.keyword} on line ${found.step.line} is the first step already.`)
    : moveInstruction(analysis, instruction, instruction - 1)
}

export function moveInstructionDown(analysis: Analysis, instruction: number): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const last = found.stage.steps.at(-1)?.instruction
  if (last === instruction) return refused(`${found.step.keyword} on line ${found.step.line} is the last step already.`)
  return moveInstruction(analysis, instruction, instruction + 2 > (last ?? 0) ? null : instruction + 2)
}

function moveEdits(analysis: Analysis, step: Instruction, stage: Stage, position: number): readonly TextEdit[] {
  const { file } = analysis
  const { text, lineEnding } = file
  const start = ownStart(file, step)
  const own = text.slice(start, lineEnd(text, step.range.to))
  // Where blank lines part the steps, one goes with the step.
  const parted = isParted(file, step)
  const gap = parted ? lineEnding : ''
  const below = file.instructions[position]
  const last = file.instructions[stage.steps.at(-1)?.instruction ?? step.index] ?? step
  if (position > (stage.steps.at(-1)?.instruction ?? 0) || below === undefined) {
    const end = lineEnd(text, last.range.to)
    return [removal(text, start, step, parted), { from: end, to: end, insert: lineEnding + gap + own }]
  }
  const at = ownStart(file, below)
  return [removal(text, start, step, parted), { from: at, to: at, insert: own + lineEnding + gap }]
}

function removal(text: string, start: number, step: Instruction, parted: boolean): TextEdit {
  const from = parted ? blankLinesAbove(text, start).from : start
  const to = nextLine(text, step.range.to)
  if (to < text.length || text.endsWith('\n')) return { from, to, insert: '' }
  const above = previousLine(text, from)
  return { from: above === null ? from : lineEnd(text, above), to, insert: '' }
}
