import { isDigit, isSpace } from './characters.ts'
import { lex } from './shell-lexer.ts'

/** A heredoc as announced on its instruction's line; offsets are those of the logical text. */
export interface HeredocOperator {
  readonly name: string
  readonly fileDescriptor: number
  readonly expand: boolean
  readonly chomp: boolean
  readonly from: number
  readonly to: number
}

/** Always `\` here, whatever the escape directive says. */
const heredocEscape = '\\'
const nothing = (): undefined => undefined

/** The heredocs that a joined line announces, in order. None at all where the line cannot be lexed. */
export function heredocOperators(line: string): HeredocOperator[] {
  if (!line.includes('<<')) return []
  const result = lex(line, {
    escape: heredocEscape,
    lookUp: nothing,
    rawQuotes: true,
    rawEscapes: true,
    keepUnset: true,
  })
  if (result.kind === 'failed') return []
  const operators: HeredocOperator[] = []
  for (const word of result.lexed.words) {
    const operator = readHeredocWord(word.text)
    if (operator !== null) operators.push({ ...operator, from: word.from, to: word.to })
  }
  return operators
}

/** `3<<-"EOF"`: descriptor, chomp and delimiter of one word; null for any other word. */
export function readHeredocWord(word: string): Omit<HeredocOperator, 'from' | 'to'> | null {
  let position = 0
  while (isDigit(word.charCodeAt(position))) position++
  const fileDescriptor = position === 0 ? 0 : Number(word.slice(0, position))
  if (!word.startsWith('<<', position)) return null
  position += 2
  const chomp = word.charAt(position) === '-'
  if (chomp) position++
  while (isSpace(word.charCodeAt(position))) position++
  const rest = word.slice(position)
  if (rest === '' || rest.includes('<')) return null
  const plain = lex(rest, { escape: heredocEscape, lookUp: nothing, keepUnset: true })
  const quoted = lex(rest, { escape: heredocEscape, lookUp: nothing, keepUnset: true, rawQuotes: true })
  if (plain.kind === 'failed' || quoted.kind === 'failed') return null
  const name = plain.lexed.words[0]?.text
  if (name === undefined || plain.lexed.words.length !== 1) return null
  const expand = quotes(name) === quotes(quoted.lexed.words[0]?.text ?? '')
  return { name, fileDescriptor, expand, chomp }
}

function quotes(text: string): number {
  let count = 0
  for (const character of text) if (character === "'" || character === '"') count++
  return count
}

/** The body as the container sees it: `<<-` takes the leading tabs of every line away. */
export function chompedContent(content: string): string {
  let result = ''
  let position = 0
  while (position < content.length) {
    while (content.charAt(position) === '\t') position++
    const feed = content.indexOf('\n', position)
    const next = feed < 0 ? content.length : feed + 1
    result += content.slice(position, next)
    position = next
  }
  return result
}
