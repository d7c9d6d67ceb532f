import { isAsciiLetter } from '../../dockerfile/characters.ts'
import { goQuote } from '../../dockerfile/go-quote.ts'
import { expandedArgument, passedOn, type BuiltInstruction, type BuiltStage } from '../../graph/environment.ts'
import { lintCheck } from './lint-rule.ts'

/** Only the first WORKDIR of a stage and its bases is looked at: the others follow from it. */
export const workdirRelativePath = lintCheck({
  rule: 'WorkdirRelativePath',
  found: 'building',
  stage: ({ built: stage }) => {
    const first = stage.instructions.find(isWorkdir)
    if (first === undefined || (stage.parent !== null && hasWorkdir(stage.parent))) return []
    const path = expandedArgument(first, 0)
    if (isAbsolute(path, stage.system)) return []
    return [
      {
        message: `Relative workdir ${goQuote(path)} can have unexpected results if the base image changes`,
        instruction: first.origin,
        // A variable of the base image may well hold an absolute path.
        doubtful: !stage.baseIsKnown && first.expanded.some(({ unset }) => unset.length > 0),
      },
    ]
  },
})

const hasWorkdir = passedOn<boolean>((below, { instructions }) => below === true || instructions.some(isWorkdir))

function isWorkdir({ instruction }: BuiltInstruction): boolean {
  return instruction.keyword === 'WORKDIR'
}

function isAbsolute(path: string, system: BuiltStage['system']): boolean {
  if (system === 'linux') return path.startsWith('/')
  const rest = path.charAt(1) === ':' && isAsciiLetter(path.charCodeAt(0)) ? path.slice(2) : path
  return rest.startsWith('/') || rest.startsWith('\\')
}
