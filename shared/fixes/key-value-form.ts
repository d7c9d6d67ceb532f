import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'

/**
 * `ENV key=value` for the old `ENV key value`, in quotes where it has blanks. Null where quotes of its own, or a comment
 * between, leave open what would be meant.
 */
export function keyValueForm({ text }: Dockerfile, instruction: Instruction): readonly TextEdit[] | null {
  const [pair] = instruction.pairs
  if (pair === undefined || pair.equals || pair.value === null) return null
  const { key, value } = pair
  const between = { from: key.range.to, to: value.range.from }
  if (instruction.embedded.some(({ range }) => range.from < value.range.to)) return null
  const equals = { ...between, insert: '=' }
  if (isOneWord(value.text)) return [equals]
  if (Array.from(value.text).some(character => '"\'\\`'.includes(character))) return null
  if (text.slice(value.range.from, value.range.to).includes('#')) return null
  return [
    { ...between, insert: '="' },
    { from: value.range.to, to: value.range.to, insert: '"' },
  ]
}

/** Whether it has no blanks, or only within one pair of quotes around it all. */
function isOneWord(value: string): boolean {
  if (value === '') return false
  const quote = value.charAt(0)
  if (value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote))
    return !value.slice(1, -1).includes(quote) && !value.includes('\\')
  return Array.from(value).every(character => character.trim() !== '')
}
