import { isBlank, isSpace, skipSpaces } from './characters.ts'
import { goQuote } from './go-quote.ts'
import { readJsonForm } from './json-form.ts'
import type { LogicalText } from './logical-text.ts'
import type { KeyValue, Word } from './syntax.ts'
import { blankSeparatedWords, quotedWords, wordAt, type LogicalWord } from './words.ts'

/** What follows an instruction's keyword and flags, split as its keyword asks for. */
export interface ReadArguments {
  readonly words: readonly Word[]
  readonly isJson: boolean
  readonly pairs: readonly KeyValue[]
  /** BuildKit's message where its parser refuses them. */
  readonly problem: string | null
}

const nothing: readonly never[] = []
const none: ReadArguments = { words: nothing, isJson: false, pairs: nothing, problem: null }
const notStrings = 'when using JSON array syntax, arrays must be comprised of strings only'

/** `from`–`to` has no white space around it. Unknown keywords have no arguments: BuildKit drops them unread. */
export function readArguments(
  keyword: string,
  line: LogicalText,
  from: number,
  to: number,
  escape: string,
): ReadArguments {
  switch (keyword) {
    case 'FROM':
    case 'EXPOSE':
      return plain(blankSeparatedWords(line, from, to))
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOr(blankSeparatedWords, line, from, to)
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return jsonOr(wholeText, line, from, to)
    case 'HEALTHCHECK':
      return readHealthcheck(line, from, to)
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return plain(wholeText(line, from, to))
    case 'ARG': {
      const words = quotedWords(line.text, from, to, escape)
      return paired(line, words, words)
    }
    case 'ENV':
    case 'LABEL':
      return readPairs(keyword, line, from, to, escape)
    default:
      return none
  }
}

function plain(words: readonly Word[], problem: string | null = null): ReadArguments {
  return { words, isJson: false, pairs: nothing, problem }
}

function wholeText(line: LogicalText, from: number, to: number): readonly Word[] {
  return from < to ? [wordAt(line, from, to)] : nothing
}

function jsonOr(readText: typeof wholeText, line: LogicalText, from: number, to: number): ReadArguments {
  const form = readJsonForm(line, from, to)
  if (form.kind === 'words') return { words: form.words, isJson: true, pairs: nothing, problem: null }
  return plain(readText(line, from, to), form.kind === 'not-strings' ? notStrings : null)
}

function readHealthcheck(line: LogicalText, from: number, to: number): ReadArguments {
  const { text } = line
  let end = from
  while (end < to && !isSpace(text.charCodeAt(end))) end++
  if (end === from) return none
  const rest = jsonOr(wholeText, line, skipSpaces(text, end, to), to)
  return { ...rest, words: [wordAt(line, from, end), ...rest.words] }
}

/** `KEY=value …`, or the old form `KEY value` where the first word has no `=`. */
function readPairs(keyword: string, line: LogicalText, from: number, to: number, escape: string): ReadArguments {
  const { text } = line
  const words = quotedWords(text, from, to, escape)
  const first = words[0]
  if (first === undefined) return none
  if (!first.text.includes('=')) {
    let end = from
    while (end < to && !isBlank(text.charCodeAt(end))) end++
    if (end === to) return paired(line, words, nothing, `${keyword} must have two arguments`)
    let valueFrom = end
    while (valueFrom < to && isBlank(text.charCodeAt(valueFrom))) valueFrom++
    const key = wordAt(line, from, end)
    const value = wordAt(line, valueFrom, to)
    return { ...none, words: [key, value], pairs: [{ key, value, equals: false }] }
  }
  const odd = words.find(word => !word.text.includes('='))
  if (odd === undefined) return paired(line, words, words)
  const problem = `Syntax error - can't find = in ${goQuote(odd.text)}. Must be of the form: name=value`
  const pairs = words.filter(word => word.text.includes('='))
  return paired(line, words, pairs, problem)
}

function paired(
  line: LogicalText,
  words: readonly LogicalWord[],
  pairs: readonly LogicalWord[],
  problem: string | null = null,
): ReadArguments {
  return {
    words: words.map(({ from, to, text }) => wordAt(line, from, to, text)),
    isJson: false,
    pairs: pairs.map(word => pairOf(line, word)),
    problem,
  }
}

function pairOf(line: LogicalText, { text, from, to }: LogicalWord): KeyValue {
  const equals = text.indexOf('=')
  if (equals < 0) return { key: wordAt(line, from, to, text), value: null, equals: false }
  return {
    key: wordAt(line, from, from + equals),
    value: wordAt(line, from + equals + 1, to, text.slice(equals + 1)),
    equals: true,
  }
}
