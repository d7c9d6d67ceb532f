import { suggestion } from '../suggest.ts'
import { eachBuilt, lintCheck } from './lint-rule.ts'

/** Variables that neither ARG nor ENV sets before. What an image sets is known where the engine holds it; else a hint. */
export const undefinedVar = lintCheck({
  rule: 'UndefinedVar',
  found: 'building',
  stage: eachBuilt(({ instruction, expanded }, { baseIsKnown }) => {
    // BuildKit resolves ports on another path and never says which variables they lack.
    if (expanded.length === 0 || instruction.keyword === 'EXPOSE') return null
    return expanded.flatMap(({ unset, range }) =>
      unset.map(({ name, known }) => {
        const near = suggestion(name, known).replace('mean ', 'mean $')
        return { message: `Usage of undefined variable '$${name}'${near}`, range, doubtful: !baseIsKnown }
      }),
    )
  }),
})
