import { expect } from 'vitest'
import type { Analysis } from '../../shared/analysis.ts'
import { moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { setForm } from '../../shared/edits/set-form.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import { ignoreAtInstruction, ignoreInFile } from '../../shared/edits/ignore-rule.ts'
import type { Stage } from '../../shared/graph/stage-graph.ts'
import { expectLaws } from './expect-edit.ts'
import { perform, type GestureTally } from './gesture-tally.ts'

/** Gestures on what stands behind a keyword, none of which is an edge: the graph stays as it is. */
export function performPartChanges(analysis: Analysis, stage: Stage, tally: GestureTally): void {
  const [first] = stage.steps
  const last = stage.steps.at(-1)
  if (first !== undefined && last !== undefined && first !== last)
    for (const [gesture, outcome] of [
      ['move instruction up', moveInstructionUp(analysis, last.instruction)],
      ['move instruction down', moveInstructionDown(analysis, first.instruction)],
    ] as const)
      perform(gesture, outcome, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
  for (const { instruction: at, keyword } of stage.steps) {
    const instruction = analysis.file.instructions[at]
    if (instruction === undefined) continue
    const ignored = ignoreAtInstruction(analysis, instruction, 'UndefinedVar')
    perform('ignore here', ignored, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
    if (keyword === 'RUN')
      perform('set arguments', setArguments(analysis, at, 'changed by hand'), tally, ({ edits }) =>
        expect(expectLaws(analysis, edits)).toEqual([]),
      )
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'RUN')
      perform('set form', setForm(analysis, at, instruction.isJson ? 'shell' : 'json'), tally, ({ edits }) =>
        expect(expectLaws(analysis, edits)).toEqual([]),
      )
    if (keyword === 'CMD' || keyword === 'EXPOSE')
      perform('set words', setWords(analysis, at, ['80', '8080']), tally, ({ edits }) =>
        expect(expectLaws(analysis, edits)).toEqual([]),
      )
    if (keyword !== 'ENV' && keyword !== 'LABEL' && keyword !== 'ARG') continue
    for (const [gesture, outcome] of [
      ['set pair', setPair(analysis, at, 0, { value: 'two words' })],
      ['rename pair', setPair(analysis, at, 0, { key: 'RENAMED' })],
      ['add pair', addPair(analysis, at, 'ADDED=1')],
      ...(instruction.pairs.length < 2 ? [] : [['remove pair', removePair(analysis, at, 0)] as const]),
    ] as const)
      perform(gesture, outcome, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
  }
}

/** Lets the whole file go without a rule. */
export function performIgnore(analysis: Analysis, tally: GestureTally): void {
  perform('ignore', ignoreInFile(analysis, 'UndefinedVar'), tally, ({ edits }) =>
    expect(expectLaws(analysis, edits)).toEqual([]),
  )
}
