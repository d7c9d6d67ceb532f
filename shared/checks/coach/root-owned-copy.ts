import { expandedArgument, passedOn } from '../../graph/environment.ts'
import { coachCheck, type Advice } from './coach-rule.ts'

/** COPY and ADD know no USER: what they write belongs to root unless --chown says otherwise. */
export const rootOwnedCopy = coachCheck('root-owned-copy', {
  stage: ({ built: { parent, instructions } }) => {
    const found: Advice[] = []
    let user = parent === null ? '' : lastUser(parent)
    for (const step of instructions) {
      const { instruction, origin } = step
      if (instruction.keyword === 'USER') user = expandedArgument(step, 0)
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue
      if (instruction !== origin || !isOther(user) || instruction.flags.some(({ name }) => name === 'chown')) continue
      if (isOfSystem(expandedArgument(step, instruction.arguments.length - 1))) continue
      const message = `Steps run as ${user} here, but what this copies belongs to root. --chown=${user} gives it to that user.`
      found.push({ message, instruction, range: instruction.keywordRange })
    }
    return found
  },
})

/** '' where no step sets one. */
const lastUser = passedOn<string>((below, { instructions }) => {
  const step = instructions.findLast(({ instruction }) => instruction.keyword === 'USER')
  return step === undefined ? (below ?? '') : expandedArgument(step, 0)
})

/** Whether a user is known, and another one than root. On Windows nothing can be given to anyone. */
function isOther(user: string): boolean {
  const name = user.split(':', 1)[0] ?? ''
  return name !== '' && name !== 'root' && Number(name) !== 0 && !name.startsWith('Container')
}

/** What lies there is root's by right: others only read and run it. */
function isOfSystem(path: string): boolean {
  return ['bin', 'etc', 'lib', 'sbin', 'usr'].includes(path.split('/')[1] ?? '') && path.startsWith('/')
}
