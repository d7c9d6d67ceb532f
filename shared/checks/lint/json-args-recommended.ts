import { passedOn } from '../../graph/environment.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Not told where a SHELL before it, or one of the base stage, says that the shell is wanted. */
export const jsonArgsRecommended = lintCheck({
  rule: 'JSONArgsRecommended',
  found: 'building',
  stage: ({ built: { parent, instructions } }) => {
    const found: LintFinding[] = []
    let shell = parent !== null && hasShell(parent)
    for (const { instruction, origin } of instructions) {
      const { keyword, writtenKeyword } = instruction
      if (keyword === 'SHELL') shell = true
      if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || instruction.isJson || shell) continue
      const message = `JSON arguments recommended for ${writtenKeyword} to prevent unintended behavior related to OS signals`
      found.push({ message, instruction: origin })
    }
    return found
  },
})

const hasShell = passedOn<boolean>(
  (below, { instructions }) =>
    below === true || instructions.some(({ instruction }) => instruction.keyword === 'SHELL'),
)
