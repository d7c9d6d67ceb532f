import type { Instruction } from '../../dockerfile/syntax.ts'
import { goQuote } from '../../dockerfile/go-quote.ts'
import { readHeredocWord } from '../../dockerfile/heredocs.ts'
import { isRemote } from '../../files/context-path.ts'
import { expandedArgument } from '../../graph/environment.ts'
import { eachBuilt, lintCheck } from './lint-rule.ts'

/** COPY and ADD of what the .dockerignore leaves out. */
export const copyIgnoredFile = lintCheck({
  rule: 'CopyIgnoredFile',
  found: 'building',
  stage: eachBuilt((built, _stage, { surroundings: { ignored } }) => {
    const { instruction } = built
    // Where paths are taken back, what is copied cannot be told from the patterns alone.
    if (ignored === null || ignored.hasExceptions || !readsBuildContext(instruction)) return null
    const verb = instruction.keyword === 'COPY' ? 'Copy' : 'Add'
    return instruction.arguments.slice(0, -1).flatMap((word, index) => {
      if (instruction.heredocs.length > 0 && readHeredocWord(word.text) !== null) return []
      const written = expandedArgument(built, index)
      if (isRemote(written)) return []
      const path = cleanPath(written)
      // The context as a whole is left out where any name in it is.
      if (!ignored.matches(path === '.' ? 'any-name' : path)) return []
      const message = `Attempting to ${verb} file ${goQuote(path)} that is excluded by .dockerignore`
      return [{ message, range: word.range }]
    })
  }),
})

function readsBuildContext({ keyword, flags }: Instruction): boolean {
  if (keyword === 'ADD') return true
  return keyword === 'COPY' && (flags.find(({ name }) => name === 'from')?.value ?? '') === ''
}

/** Without `.` and `..` where they can be resolved; `.` for nothing at all. */
function cleanPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.length === 0 ? '.' : parts.join('/')
}
