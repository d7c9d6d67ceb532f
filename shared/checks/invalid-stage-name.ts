import { isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'
import { instructionCheck } from './check.ts'

/** Names start with a letter and go on with letters, digits, `-`, `_` and `.`; case does not matter. */
export function isStageName(name: string): boolean {
  const lower = name.toLowerCase()
  for (let position = 0; position < lower.length; position++) {
    const code = lower.charCodeAt(position)
    const isLetter = code >= 0x61 && code <= 0x7a
    if (!isLetter && (position === 0 || (!isDigit(code) && !'-_.'.includes(lower.charAt(position))))) return false
  }
  return lower !== ''
}

export const invalidStageName = instructionCheck('invalid-stage-name', instruction => {
  const [, as, name] = instruction.arguments
  if (instruction.keyword !== 'FROM' || name === undefined || instruction.arguments.length !== 3) return null
  if (as?.text.toLowerCase() !== 'as' || isStageName(name.text)) return null
  const message = `invalid name for build stage: ${goQuote(name.text)}, name can't start with a number or contain symbols`
  return { message, range: name.range }
})
