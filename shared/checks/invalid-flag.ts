import { goQuote } from '../dockerfile/go-quote.ts'
import { isKeyword, knownFlags, type FlagType } from '../dockerfile/keywords.ts'
import type { Flag, Instruction } from '../dockerfile/syntax.ts'
import { instructionCheck } from './check.ts'
import { suggestion } from './suggest.ts'

/** Flags that are unknown, given twice or without the value they need. BuildKit stops at the first. */
export const invalidFlag = instructionCheck('invalid-flag', instruction => {
  if (instruction.flags.length === 0) return null
  const known = ignoresFlags(instruction) ? null : knownFlags(instruction.keyword)
  if (known === null || !isKeyword(instruction.keyword)) return null
  const seen = new Set<string>()
  for (const flag of instruction.flags) {
    const type = known.get(flag.name)
    const message =
      type === undefined
        ? `unknown flag: --${flag.name}${suggestion(flag.name, known.keys())}`
        : seen.has(flag.name) && type !== 'list'
          ? `duplicate flag specified: --${flag.name}`
          : (valueProblem(flag, type) ?? choiceProblem(flag))
    if (message !== null) return { message, range: flag.range }
    seen.add(flag.name)
  }
  return null
})

function ignoresFlags(instruction: Instruction): boolean {
  return instruction.keyword === 'HEALTHCHECK' && instruction.arguments[0]?.text.toUpperCase() === 'NONE'
}

function valueProblem(flag: Flag, type: FlagType): string | null {
  if (type !== 'switch') return flag.value === null ? `missing a value on flag: --${flag.name}` : null
  if (flag.value === null) return null
  if (flag.value === '') return `missing a value on flag: --${flag.name}`
  const isBoolean = ['true', 'false'].includes(flag.value.toLowerCase())
  return isBoolean ? null : `expecting boolean value for flag --${flag.name}, not: ${flag.value}`
}

/** Flags of RUN that take one of a few words. */
function choiceProblem(flag: Flag): string | null {
  const value = flag.value ?? ''
  if (flag.name === 'network' && !['default', 'none', 'host'].includes(value))
    return `invalid network mode ${goQuote(value)}`
  if (flag.name === 'security' && !['insecure', 'sandbox'].includes(value))
    return `security ${goQuote(value)} is not valid`
  return null
}
