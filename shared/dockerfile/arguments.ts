import { endOfWord, isBlank, isSpace, skipSpaces } from './characters.ts'
import { goQuote } from './go-quote.ts'
import { readJsonForm } from './json-form.ts'
import type { LogicalText } from './logical-text.ts'
import type { KeyValue } from './syntax.ts'
import { blankSeparatedWords, quotedWords, ReadWord, restOfWord } from './words.ts'

/** What follows an instruction's keyword and flags, split as its keyword asks for. */
export interface ReadArguments {
  readonly words: readonly ReadWord[]
  /** `assignments` are `KEY=value …`, `pair` is the old form `KEY value`. */
  readonly form: 'words' | 'json' | 'assignments' | 'pair'
  /** BuildKit's message where its parser refuses them. */
  readonly problem: string | null
}

const nothing: readonly never[] = []
const none: ReadArguments = { words: nothing, form: 'words', problem: null }
const notStrings = 'when using JSON array syntax, arrays must be comprised of strings only'

/** `from`–`to` has no white space around it. Unknown keywords have no arguments: BuildKit drops them unread. */
export function readArguments(
  keyword: string,
  command: LogicalText,
  from: number,
  to: number,
  escape: string,
): ReadArguments {
  switch (keyword) {
    case 'FROM':
    case 'EXPOSE':
      return plain(blankSeparatedWords(command, from, to))
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOr(blankSeparatedWords, command, from, to)
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return jsonOr(wholeText, command, from, to)
    case 'HEALTHCHECK':
      return readHealthcheck(command, from, to)
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return plain(wholeText(command, from, to))
    case 'ARG':
      return { words: quotedWords(command, from, to, escape), form: 'assignments', problem: null }
    case 'ENV':
    case 'LABEL':
      return readAssignments(keyword, command, from, to, escape)
    default:
      return none
  }
}

/** What the words of ENV, LABEL and ARG assign; nothing for other instructions. */
export function readPairs(keyword: string, { words, form }: ReadArguments): readonly KeyValue[] {
  const [key, value] = words
  if (form === 'pair' && key !== undefined && value !== undefined) return [{ key, value, equals: false }]
  if (form !== 'assignments') return nothing
  return (keyword === 'ARG' ? words : words.filter(hasEquals)).map(pairOf)
}

function plain(words: readonly ReadWord[], problem: string | null = null): ReadArguments {
  return { words, form: 'words', problem }
}

function wholeText(command: LogicalText, from: number, to: number): readonly ReadWord[] {
  return from < to ? [new ReadWord(command, from, to)] : nothing
}

function jsonOr(readText: typeof wholeText, command: LogicalText, from: number, to: number): ReadArguments {
  const form = readJsonForm(command, from, to)
  if (form.kind === 'words') return { words: form.words, form: 'json', problem: null }
  return plain(readText(command, from, to), form.kind === 'not-strings' ? notStrings : null)
}

function readHealthcheck(command: LogicalText, from: number, to: number): ReadArguments {
  const { text } = command
  let end = from
  while (end < to && !isSpace(text.charCodeAt(end))) end++
  if (end === from) return none
  const rest = jsonOr(wholeText, command, skipSpaces(text, end, to), to)
  return { ...rest, words: [new ReadWord(command, from, end), ...rest.words] }
}

function readAssignments(
  keyword: string,
  command: LogicalText,
  from: number,
  to: number,
  escape: string,
): ReadArguments {
  const words = quotedWords(command, from, to, escape)
  const first = words[0]
  if (first === undefined) return none
  if (hasEquals(first)) {
    const odd = words.find(word => !hasEquals(word))
    const problem = odd && `Syntax error - can't find = in ${goQuote(odd.text)}. Must be of the form: name=value`
    return { words, form: 'assignments', problem: problem ?? null }
  }
  const { text } = command
  const end = endOfWord(text, from, to)
  if (end === to) return plain(words, `${keyword} must have two arguments`)
  let valueFrom = end
  while (valueFrom < to && isBlank(text.charCodeAt(valueFrom))) valueFrom++
  const pair = [new ReadWord(command, from, end), new ReadWord(command, valueFrom, to)]
  return { words: pair, form: 'pair', problem: null }
}

function pairOf(word: ReadWord): KeyValue {
  const equals = equalsIn(word)
  if (equals < 0) return { key: word, value: null, equals: false }
  const { command, from } = word
  return { key: new ReadWord(command, from, equals), value: restOfWord(word, equals + 1), equals: true }
}

function hasEquals(word: ReadWord): boolean {
  return equalsIn(word) >= 0
}

/** Where a word has its first `=`; -1 where it has none. */
function equalsIn({ command, from, to }: ReadWord): number {
  for (let position = from; position < to; position++) if (command.text.charCodeAt(position) === 0x3d) return position
  return -1
}
