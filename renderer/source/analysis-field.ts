import { StateEffect, StateField } from '@codemirror/state'
import { analyze, defaultInputs, type Analysis, type BuildInputs } from '../../shared/analysis.ts'
import type { Surroundings } from '../../shared/surroundings.ts'
import { changedText, documentText } from './line-endings.ts'

/** Changes what the graph depends on beside the text: target and build arguments. */
export const setInputs = StateEffect.define<BuildInputs>()

/** Changes what findings depend on beside the text and the graph: the ignore file, the images on the engine. */
export const setSurroundings = StateEffect.define<Surroundings>()

/** The one analysis of the one document: derived in the same transaction that changes the text, never synchronised. */
export const analysisField = StateField.define<Analysis>({
  create: state => analyze(documentText(state)),
  update(before, transaction) {
    const surroundings = transaction.effects.find(effect => effect.is(setSurroundings))?.value
    const analysis = surroundings === undefined ? before : before.within(surroundings)
    const inputs = transaction.effects.find(effect => effect.is(setInputs))?.value ?? analysis.inputs
    if (!transaction.docChanged && inputs === analysis.inputs) return analysis
    const mapOffset = (offset: number, side: -1 | 1 = -1) => transaction.changes.mapPos(offset, side)
    return analyze(changedText(analysis.file.text, transaction.changes), inputs, { analysis, mapOffset })
  },
})

export { defaultInputs }
