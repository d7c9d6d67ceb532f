import { expandWord } from '../../dockerfile/variables.ts'
import { globalArguments } from '../../graph/global-arguments.ts'
import { referenceProblem } from '../../graph/image-reference.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Whether every base names an image without any build argument given. */
export const invalidDefaultArgInFrom = lintCheck({
  rule: 'InvalidDefaultArgInFrom',
  found: 'reading',
  file: ({ file, inputs, drafts, globals }) => {
    const isBare = Object.keys(inputs.buildArgs).length === 0
    const defaults = isBare ? globals : globalArguments(file, { ...inputs, buildArgs: {} })
    const found: LintFinding[] = []
    // BuildKit gives the rule up where a default or a base cannot be read: the build fails over it anyway.
    if (defaults.problems.length > 0) return found
    for (const draft of drafts) {
      const { writtenBase } = draft
      if (writtenBase === '' || isPlainReference(writtenBase)) continue
      const result = expandWord(writtenBase, defaults.values, file.escape)
      if (result.kind === 'failed') return found
      if (referenceProblem(result.lexed.text) === null) continue
      const message = `Default value for ARG ${writtenBase} results in empty or invalid base image name`
      const { from } = draft
      found.push({ message, instruction: from, range: from.arguments[0]?.range })
    }
    return found
  },
})

/** Most bases need no second look. A name of 64 hexadecimal digits would be none. */
function isPlainReference(base: string): boolean {
  return base.length < 64 && /^[a-z0-9]+(?:[-._][a-z0-9]+)*(?::\w[\w.-]*)?$/.test(base)
}
