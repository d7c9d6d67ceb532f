import { isBlank, isSpace, skipSpaces } from './characters.ts'
import { goQuote } from './go-quote.ts'
import { readJsonForm } from './json-form.ts'
import { blankSeparatedWords, quotedWords, type LogicalWord } from './words.ts'

/** A pair of logical words. */
export interface LogicalPair {
  readonly key: LogicalWord
  readonly value: LogicalWord | null
  readonly equals: boolean
}

/** What follows an instruction's keyword and flags, split as its keyword asks for. */
export interface ReadArguments {
  readonly words: readonly LogicalWord[]
  readonly isJson: boolean
  readonly pairs: readonly LogicalPair[]
  /** BuildKit's message where its parser refuses them. */
  readonly problem: string | null
}

const none: ReadArguments = { words: [], isJson: false, pairs: [], problem: null }
const notStrings = 'when using JSON array syntax, arrays must be comprised of strings only'

/** `from`–`to` has no white space around it. Unknown keywords have no arguments: BuildKit drops them unread. */
export function readArguments(keyword: string, text: string, from: number, to: number, escape: string): ReadArguments {
  switch (keyword) {
    case 'FROM':
    case 'EXPOSE':
      return plain(blankSeparatedWords(text, from, to))
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOr(text, from, to, () => blankSeparatedWords(text, from, to))
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return jsonOr(text, from, to, () => wholeText(text, from, to))
    case 'HEALTHCHECK':
      return readHealthcheck(text, from, to)
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return plain(wholeText(text, from, to))
    case 'ARG': {
      const words = quotedWords(text, from, to, escape)
      return { ...none, words, pairs: words.map(argumentPair) }
    }
    case 'ENV':
    case 'LABEL':
      return readPairs(keyword, text, from, to, escape)
    default:
      return none
  }
}

function plain(words: readonly LogicalWord[]): ReadArguments {
  return { words, isJson: false, pairs: none.pairs, problem: null }
}

function wholeText(text: string, from: number, to: number): LogicalWord[] {
  return from < to ? [{ text: text.slice(from, to), from, to }] : []
}

function jsonOr(text: string, from: number, to: number, words: () => readonly LogicalWord[]): ReadArguments {
  const form = readJsonForm(text, from, to)
  switch (form.kind) {
    case 'words':
      return { ...none, words: form.words, isJson: true }
    case 'not-strings':
      return { ...none, words: words(), problem: notStrings }
    case 'text':
      return plain(words())
  }
}

function readHealthcheck(text: string, from: number, to: number): ReadArguments {
  let end = from
  while (end < to && !isSpace(text.charCodeAt(end))) end++
  if (end === from) return none
  const command = skipSpaces(text, end, to)
  const rest = jsonOr(text, command, to, () => wholeText(text, command, to))
  return { ...rest, words: [{ text: text.slice(from, end), from, to: end }, ...rest.words] }
}

function argumentPair(word: LogicalWord): LogicalPair {
  const equals = word.text.indexOf('=')
  if (equals < 0) return { key: word, value: null, equals: false }
  return {
    key: { text: word.text.slice(0, equals), from: word.from, to: word.from + equals },
    value: { text: word.text.slice(equals + 1), from: word.from + equals + 1, to: word.to },
    equals: true,
  }
}

/** `KEY=value …`, or the old form `KEY value` where the first word has no `=`. */
function readPairs(keyword: string, text: string, from: number, to: number, escape: string): ReadArguments {
  const words = quotedWords(text, from, to, escape)
  const first = words[0]
  if (first === undefined) return none
  if (!first.text.includes('=')) {
    let end = from
    while (end < to && !isBlank(text.charCodeAt(end))) end++
    if (end === to) return { ...none, words, problem: `${keyword} must have two arguments` }
    let valueFrom = end
    while (valueFrom < to && isBlank(text.charCodeAt(valueFrom))) valueFrom++
    const key = { text: text.slice(from, end), from, to: end }
    const value = { text: text.slice(valueFrom, to), from: valueFrom, to }
    return { ...none, words: [key, value], pairs: [{ key, value, equals: false }] }
  }
  const odd = words.find(word => !word.text.includes('='))
  if (odd === undefined) return { ...none, words, pairs: words.map(argumentPair) }
  const problem = `Syntax error - can't find = in ${goQuote(odd.text)}. Must be of the form: name=value`
  return { ...none, words, pairs: words.filter(word => word.text.includes('=')).map(argumentPair), problem }
}
