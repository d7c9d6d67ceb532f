import { isAsciiLetter } from '../../dockerfile/characters.ts'
import { goQuote } from '../../dockerfile/go-quote.ts'
import { expandedArgument, type BuiltStage } from '../../graph/environment.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Only the first WORKDIR of a stage and its bases is looked at: the others follow from it. */
export const workdirRelativePath = lintCheck({
  rule: 'WorkdirRelativePath',
  found: 'building',
  find: ({ built }) => {
    const found: LintFinding[] = []
    const hasWorkdir: boolean[] = []
    for (const stage of built) {
      const { baseSource } = stage.draft
      let isSet = baseSource.kind === 'stage' && (hasWorkdir[baseSource.index] ?? false)
      for (const step of stage.instructions) {
        if (step.instruction.keyword !== 'WORKDIR') continue
        const path = expandedArgument(step, 0)
        if (!isSet && !isAbsolute(path, stage.system))
          found.push({
            message: `Relative workdir ${goQuote(path)} can have unexpected results if the base image changes`,
            instruction: step.origin,
            // A variable of the base image may well hold an absolute path.
            doubtful: !stage.baseIsKnown && step.expanded.some(({ unset }) => unset.length > 0),
          })
        isSet = true
      }
      hasWorkdir.push(isSet)
    }
    return found
  },
})

function isAbsolute(path: string, system: BuiltStage['system']): boolean {
  if (system === 'linux') return path.startsWith('/')
  const rest = path.charAt(1) === ':' && isAsciiLetter(path.charCodeAt(0)) ? path.slice(2) : path
  return rest.startsWith('/') || rest.startsWith('\\')
}
