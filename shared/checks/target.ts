import { goQuote } from '../dockerfile/go-quote.ts'
import type { Check } from './check.ts'
import { suggestion } from './suggest.ts'

/** A target that no stage is called by. Indexes are no names. */
export const target: Check = {
  rule: 'target-not-found',
  file: ({ inputs, graph, drafts }) => {
    if (inputs.target === null || inputs.target === '' || graph.target !== null || drafts.length === 0) return []
    const names = drafts.map(draft => draft.name).filter(name => name !== '')
    const message = `target stage ${goQuote(inputs.target)} could not be found${suggestion(inputs.target.toLowerCase(), names)}`
    return [
      {
        severity: 'error',
        rule: 'target-not-found',
        message,
        line: 1,
        endLine: 1,
        range: { from: 0, to: 0 },
        stage: null,
      },
    ]
  },
}
