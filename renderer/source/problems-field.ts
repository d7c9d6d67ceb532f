import { StateEffect, StateField } from '@codemirror/state'
import { mostAtOnce } from '../../shared/drawing/most-at-once.ts'
import { analysisField } from './analysis-field.ts'

export const lookForProblems = StateEffect.define()

/** Whether problems are looked for: in a large file once its cards are on the screen. */
export const problemsField = StateField.define<boolean>({
  create: state => state.field(analysisField).graph.stages.length <= mostAtOnce,
  update: (before, { effects }) => before || effects.some(effect => effect.is(lookForProblems)),
})
