import { goQuote } from '../dockerfile/go-quote.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { readIndex } from '../graph/references.ts'
import { instructionCheck } from './check.ts'
import { readDuration } from './duration.ts'

const shortest = 1_000_000n
const durations = ['interval', 'timeout', 'start-period', 'start-interval']

export const healthcheck = instructionCheck('healthcheck', instruction => {
  const message = instruction.keyword === 'HEALTHCHECK' ? problem(instruction) : null
  return message === null ? null : { message }
})

function problem(instruction: Instruction): string | null {
  const [type, ...command] = instruction.arguments
  if (type === undefined) return null
  const word = type.text.toUpperCase()
  if (word === 'NONE') return command.length === 0 ? null : 'HEALTHCHECK NONE takes no arguments'
  if (word !== 'CMD') return `Unknown type ${goQuote(word)} in HEALTHCHECK (try CMD)`
  if (command.length === 0) return 'Missing command after HEALTHCHECK CMD'
  for (const name of durations) {
    const value = instruction.flags.find(flag => flag.name === name)?.value ?? ''
    if (value === '') continue
    const duration = readDuration(value)
    if (duration.kind === 'invalid') return duration.message
    if (duration.nanoseconds !== 0n && duration.nanoseconds < shortest)
      return `Interval ${goQuote(name)} cannot be less than 1ms`
  }
  return retriesProblem(instruction.flags.find(flag => flag.name === 'retries')?.value ?? '')
}

function retriesProblem(value: string): string | null {
  if (value === '') return null
  const retries = readIndex(value)
  if (retries === null) return `strconv.ParseInt: parsing ${goQuote(value)}: invalid syntax`
  if (retries > 2 ** 31 - 1 || retries < -(2 ** 31))
    return `strconv.ParseInt: parsing ${goQuote(value)}: value out of range`
  return retries < 0 ? `--retries cannot be negative (${retries})` : null
}
