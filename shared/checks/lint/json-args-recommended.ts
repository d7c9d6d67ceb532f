import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Not told where a SHELL before it, or one of the base stage, says that the shell is wanted. */
export const jsonArgsRecommended = lintCheck({
  rule: 'JSONArgsRecommended',
  found: 'building',
  find: ({ built }) => {
    const found: LintFinding[] = []
    const hasShell: boolean[] = []
    for (const { draft, instructions } of built) {
      let shell = draft.baseSource.kind === 'stage' && (hasShell[draft.baseSource.index] ?? false)
      for (const { instruction, origin } of instructions) {
        const { keyword, writtenKeyword, isJson } = instruction
        if (keyword === 'SHELL') shell = true
        if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || isJson || shell) continue
        const message = `JSON arguments recommended for ${writtenKeyword} to prevent unintended behavior related to OS signals`
        found.push({ message, instruction: origin })
      }
      hasShell.push(shell)
    }
    return found
  },
})
