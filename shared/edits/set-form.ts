import type { Analysis } from '../analysis.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { Stage } from '../graph/stage-graph.ts'
import { applyEdits } from '../text/text-edit.ts'
import { jsonForm, shellForm } from './command-forms.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { stageById } from './stage-text.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/** A list that runs as it is, or a text that the stage's shell runs. */
export type CommandForm = 'json' | 'shell'

export function hasForms({ keyword, heredocs }: Instruction): boolean {
  return (keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'RUN') && heredocs.length === 0
}

/** Writes the command of a step in the other form; the shell is the one that the stage has set until then. */
export function setForm(analysis: Analysis, instruction: number, form: CommandForm): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { file } = analysis
  const written = found.step.trigger ?? found.step
  const { line, keyword } = written
  if (!hasForms(written)) return refused(`The ${keyword} on line ${line} has one form only.`)
  if (written.isJson === (form === 'json')) return withStepEdits(analysis, found.step, [])
  const shell = shellAt(analysis, found.stage, instruction)
  const edit = (form === 'json' ? jsonForm : shellForm)(written, shell)
  if (edit === null)
    return refused(
      form === 'json'
        ? `Line ${line} holds comments or is no list yet: write it by hand.`
        : `No text for \`${shell.join(' ')}\` says what line ${line} says: write it by hand.`,
    )
  // What reads as a list, a flag or a heredoc is no longer the text that was meant.
  const step = parseDockerfile(applyEdits(file.text, [edit]), file).instructions[instruction]
  const after = step?.trigger ?? step
  const isRead =
    after?.isJson === (form === 'json') &&
    after.flags.length === written.flags.length &&
    after.heredocs.length === 0 &&
    (after.isJson || after.argumentsText === edit.insert)
  if (!isRead) return refused(`Line ${line} would be read in another way: write it by hand.`)
  return withStepEdits(analysis, found.step, [edit])
}

function shellAt(analysis: Analysis, stage: Stage, before: number): readonly string[] {
  const set = stage.steps.filter(step => step.keyword === 'SHELL' && step.instruction < before).at(-1)
  const words = analysis.file.instructions[set?.instruction ?? -1]?.arguments.map(word => word.text) ?? []
  if (words.length > 0) return words
  const parent = stage.baseSource.kind === 'stage' ? stageById(analysis, stage.baseSource.stage) : null
  // Stages are built only on stages above them, so this ends.
  if (parent !== null && parent.index < stage.index) return shellAt(analysis, parent, before)
  // The escape directive is there for paths of Windows.
  return analysis.file.escape === '\\' ? ['/bin/sh', '-c'] : ['cmd', '/S', '/C']
}
