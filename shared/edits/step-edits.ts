import type { Analysis } from '../analysis.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { Stage } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { makerOf } from './references.ts'
import { withoutSideEffects, type Intent } from './side-effects.ts'

/** A step and the stage it belongs to; null for what is no step: a FROM, and what stands above the first one. */
export function stepAt(
  analysis: Analysis,
  index: number,
): { readonly step: Instruction; readonly stage: Stage } | null {
  const step = analysis.file.instructions[index]
  const stage = analysis.graph.stages.find(each => each.steps.some(({ instruction }) => instruction === index))
  return step === undefined || stage === undefined ? null : { step, stage }
}

export const notAStep =
  'That is no step of a stage: a FROM is changed by its base, name and platform, and what stands above it in the text.'

/** Refuses what would make the text fall into other instructions than `expected`, which are as they are written. */
export function withInstructions(analysis: Analysis, intent: Intent, expected: readonly string[]): EditOutcome {
  const after = parseDockerfile(applyEdits(analysis.file.text, intent.edits), analysis.file)
  const written = after.instructions.map(instruction => instruction.raw)
  if (written.length !== expected.length || written.some((raw, index) => raw !== expected[index]))
    return refused('That would not be one instruction among the others: write one whole instruction.')
  return withoutSideEffects(analysis, intent)
}

/** Edits within one step, whose own connections may change with them. */
export function withStepEdits(analysis: Analysis, step: Instruction, list: readonly TextEdit[]): EditOutcome {
  const title = `Change ${(step.trigger ?? step).keyword} on line ${step.line}`
  if (list.length === 0) return edits(title, [])
  const { from } = step.range
  const raw = applyEdits(
    step.raw,
    list.map(edit => ({ from: edit.from - from, to: edit.to - from, insert: edit.insert })),
  )
  return withInstructions(
    analysis,
    { title, edits: list, changes: edge => makerOf(analysis, edge) === step },
    writtenInstructions(analysis.file).map((written, index) => (index === step.index ? raw : written)),
  )
}

export function writtenInstructions(file: Dockerfile): readonly string[] {
  return file.instructions.map(instruction => instruction.raw)
}

/** One instruction as it goes into the file: trimmed, with the file's line ends. Null for a FROM or for nothing. */
export function instructionText(file: Dockerfile, text: string): string | null {
  const trimmed = text.trim().replaceAll('\r\n', '\n').replaceAll('\n', file.lineEnding)
  const [first] = parseDockerfile(trimmed).instructions
  return first === undefined || first.keyword === 'FROM' ? null : trimmed
}

export const notAnInstruction = 'Write one instruction, such as `RUN make`; a FROM would be a stage of its own.'
