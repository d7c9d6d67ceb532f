import { isAsciiLetter, isDigit, isSpace } from './characters.ts'
import { goQuote } from './go-quote.ts'
import { removePrefix, removeSuffix, replaceMatches, shellPattern } from './shell-pattern.ts'

export interface LexerOptions {
  readonly escape: string
  /** The value of a variable, or undefined where it is unset. */
  readonly lookUp: (name: string) => string | undefined
  /** Keep quotes in the result. */
  readonly rawQuotes?: boolean
  /** Keep escape tokens in the result. */
  readonly rawEscapes?: boolean
  /** Leave references to unset variables as they are written. */
  readonly keepUnset?: boolean
}

/** A word after expansion, with the span it was read from. */
export interface LexedWord {
  readonly text: string
  readonly from: number
  readonly to: number
}

export interface Lexed {
  readonly text: string
  /** `text` parted at white space that was not quoted. */
  readonly words: readonly LexedWord[]
  /** Variables that had a value, and those that had none, in the order they were met. */
  readonly matched: readonly string[]
  readonly unmatched: readonly string[]
}

export type LexResult =
  | { readonly kind: 'lexed'; readonly lexed: Lexed }
  /** `unmatched` are the variables without a value that were met before. */
  | { readonly kind: 'failed'; readonly message: string; readonly unmatched: readonly string[] }

/**
 * Resolves quotes, escapes and variables of one word or line as BuildKit's lexer does. `${x:-y}`, `:+`, `:?`, `#`, `%`
 * and `/` are known; the message of a failure is BuildKit's.
 */
export function lex(source: string, options: LexerOptions): LexResult {
  if (isPlainWord(source, options.escape)) return new PlainWord(source)
  const lexer = new ShellLexer(source, options)
  try {
    const result = lexer.readUntil('', options.rawEscapes ?? false)
    return {
      kind: 'lexed',
      lexed: { text: result.text, words: result.words, matched: [...lexer.matched], unmatched: [...lexer.unmatched] },
    }
  } catch (error) {
    if (!(error instanceof LexFailure)) throw error
    const message = `failed to process ${goQuote(source)}: ${error.message}`
    return { kind: 'failed', message, unmatched: [...lexer.unmatched] }
  }
}

/** Whether there is nothing to resolve and nothing to part. */
export function isPlainWord(source: string, escape: string): boolean {
  const escapeCode = escape.charCodeAt(0)
  for (let position = 0; position < source.length; position++) {
    const code = source.charCodeAt(position)
    if (code === escapeCode || code === 0x24 || code === 0x22 || code === 0x27 || code === 0x3c || isSpace(code))
      return false
  }
  return true
}

const nothing: readonly never[] = []

/** What most words are, lexed. */
export class PlainWord implements Lexed {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  get kind(): 'lexed' {
    return 'lexed'
  }

  get lexed(): Lexed {
    return this
  }

  get matched(): readonly string[] {
    return nothing
  }

  get unmatched(): readonly string[] {
    return nothing
  }

  get words(): readonly LexedWord[] {
    return this.text === '' ? nothing : [{ text: this.text, from: 0, to: this.text.length }]
  }
}

class LexFailure extends Error {}

/** Far more than anyone writes, far less than the stack holds. */
const deepestNesting = 200

const endOfText = ''
const endMark = '\uFFFD'

class ShellLexer {
  readonly matched = new Set<string>()
  readonly unmatched = new Set<string>()
  private readonly source: string
  private readonly options: LexerOptions
  private position = 0
  private rawEscapes = false
  private depth = 0
  /**
   * The word being read. Nested reads share it and leave it empty, so that what stands before `${x:-y}` within a word is
   * lost to word splitting: BuildKit finds heredocs by these words, and so must Slipway.
   */
  private word = ''
  private wordFrom = 0

  constructor(source: string, options: LexerOptions) {
    this.source = source
    this.options = options
  }

  /** Reads up to `stop`, or to the end where it is ''. */
  readUntil(stop: string, rawEscapes: boolean): { text: string; words: LexedWord[] } {
    const outerRawEscapes = this.rawEscapes
    this.rawEscapes = rawEscapes
    this.word = ''
    const words: LexedWord[] = []
    let text = ''
    for (let next = this.peek(); next !== endOfText; next = this.peek()) {
      const from = this.position
      if (next === stop) {
        this.position++
        this.flush(words, from)
        this.rawEscapes = outerRawEscapes
        return { text, words }
      }
      if (next === '$') {
        const value = this.readVariable()
        text += value
        for (const character of value) this.addToWord(words, character, from)
      } else if (next === "'" || next === '"' || next === '<') {
        const value =
          next === "'" ? this.readSingleQuoted() : next === '"' ? this.readDoubleQuoted() : this.readAngleBrackets()
        text += value
        this.addRaw(value, from)
      } else {
        this.position++
        if (next === this.options.escape) {
          if (this.rawEscapes) {
            this.addRaw(next, from)
            text += next
          }
          const escaped = this.take()
          if (escaped === endOfText) break
          this.addRaw(escaped, from)
          text += escaped
        } else {
          this.addToWord(words, next, from)
          text += next
        }
      }
    }
    this.rawEscapes = outerRawEscapes
    if (stop !== '') throw new LexFailure(`unexpected end of statement while looking for matching ${stop}`)
    this.flush(words, this.position)
    return { text, words }
  }

  private peek(): string {
    return this.source.charAt(this.position)
  }

  private take(): string {
    return this.source.charAt(this.position++)
  }

  private addToWord(words: LexedWord[], character: string, from: number): void {
    if (isSpace(character.charCodeAt(0))) this.flush(words, from)
    else this.addRaw(character, from)
  }

  private addRaw(text: string, from: number): void {
    if (this.word === '') this.wordFrom = from
    this.word += text
  }

  private flush(words: LexedWord[], to: number): void {
    if (this.word !== '') words.push({ text: this.word, from: this.wordFrom, to })
    this.word = ''
  }

  /** `<<` takes the white space after it along, so that `<< EOF` is one word. */
  private readAngleBrackets(): string {
    this.position++
    if (this.peek() !== '<') return '<'
    this.position++
    const from = this.position
    while (isSpace(this.peek().charCodeAt(0))) this.position++
    return '<<' + this.source.slice(from, this.position)
  }

  private readSingleQuoted(): string {
    const from = this.position
    const end = this.source.indexOf("'", from + 1)
    if (end < 0) {
      this.position = this.source.length
      throw new LexFailure('unexpected end of statement while looking for matching single-quote')
    }
    this.position = end + 1
    return this.options.rawQuotes === true ? this.source.slice(from, end + 1) : this.source.slice(from + 1, end)
  }

  private readDoubleQuoted(): string {
    const mark = this.options.rawQuotes === true ? '"' : ''
    this.position++
    let text = mark
    for (;;) {
      const next = this.peek()
      if (next === endOfText)
        throw new LexFailure('unexpected end of statement while looking for matching double-quote')
      if (next === '$') {
        text += this.readVariable()
        continue
      }
      this.position++
      if (next === '"') return text + mark
      if (next !== this.options.escape) {
        text += next
        continue
      }
      if (this.rawEscapes) text += next
      const escaped = this.peek()
      if (escaped === endOfText) continue
      if (escaped === '"' || escaped === '$' || escaped === this.options.escape) {
        this.position++
        text += escaped
      } else text += next
    }
  }

  private readVariable(): string {
    this.position++
    if (this.peek() !== '{') {
      const name = this.readName()
      if (name === '') return '$'
      const value = this.lookUp(name)
      return value ?? (this.options.keepUnset === true ? `$${name}` : '')
    }
    this.position++
    const first = this.peek()
    if (first === endOfText) throw new LexFailure("syntax error: missing '}'")
    if (first === '{' || first === '}' || first === ':') throw new LexFailure('syntax error: bad substitution')
    const name = this.readName()
    const modifier = this.take()
    switch (modifier) {
      case '}': {
        const value = this.lookUp(name)
        return value ?? (this.options.keepUnset === true ? `\${${name}}` : '')
      }
      case ':': {
        const second = this.take()
        if (second === '#' || second === '%') throw unsupported(modifier + second)
        return this.readModified(name, modifier + second, second, true)
      }
      case '+':
      case '-':
      case '?':
      case '#':
      case '%':
        return this.readModified(name, modifier, modifier, false)
      case '/':
        return this.readReplaced(name)
      default:
        throw unsupported(modifier)
    }
  }

  private readModified(name: string, written: string, modifier: string, emptyIsUnset: boolean): string {
    const word = this.readNested('}', modifier === '#' || modifier === '%', "syntax error: missing '}'")
    const value = this.lookUp(name)
    if (value === undefined && this.options.keepUnset === true) return `\${${name}${written}${word}}`
    const missing = value === undefined || (emptyIsUnset && value === '')
    switch (modifier) {
      case '-':
        return missing ? word : value
      case '+':
        return missing ? '' : word
      case '?':
        if (!missing) return value
        if (word !== '') throw new LexFailure(`${name}: ${word}`)
        throw new LexFailure(`${name}: is not allowed to be ${value === undefined ? 'unset' : 'empty'}`)
      case '#':
      case '%': {
        const longest = word.startsWith(modifier)
        const pattern = this.pattern(longest ? word.slice(1) : word)
        return modifier === '#'
          ? removePrefix(value ?? '', pattern, longest)
          : removeSuffix(value ?? '', pattern, longest)
      }
      default:
        throw unsupported(written)
    }
  }

  private readReplaced(name: string): string {
    const everywhere = this.peek() === '/'
    if (everywhere) this.position++
    const pattern = this.readNested('/', true, "syntax error: missing '/' in ${}")
    const replacement = this.readNested('}', true, "syntax error: missing '}'")
    const value = this.lookUp(name)
    if (value === undefined && this.options.keepUnset === true) return `\${${name}/${pattern}/${replacement}}`
    return replaceMatches(value ?? '', this.pattern(pattern), replacement, everywhere)
  }

  private readNested(stop: string, rawEscapes: boolean, missing: string): string {
    if (++this.depth > deepestNesting) throw new LexFailure('syntax error: bad substitution')
    try {
      const { text } = this.readUntil(stop, rawEscapes)
      this.depth--
      return text
    } catch (error) {
      if (error instanceof LexFailure && this.peek() === endOfText) throw new LexFailure(missing)
      throw error
    }
  }

  private pattern(source: string): ReturnType<typeof shellPattern> & { kind: 'pattern' } {
    const pattern = shellPattern(source)
    if (pattern.kind === 'invalid')
      throw new LexFailure(`invalid pattern (${source}) in substitution: ${pattern.message}`)
    return pattern
  }

  private readName(): string {
    const from = this.position
    const first = this.source.charCodeAt(from)
    if (isDigit(first)) {
      while (isDigit(this.source.charCodeAt(this.position))) this.position++
      return this.source.slice(from, this.position)
    }
    if (this.peek() !== endOfText && '@*#?-$!'.includes(this.peek())) return this.take()
    while (isNameCharacter(this.source.charCodeAt(this.position))) this.position++
    return this.source.slice(from, this.position)
  }

  private lookUp(name: string): string | undefined {
    const value = this.options.lookUp(name)
    if (value === undefined) this.unmatched.add(name)
    else this.matched.add(name)
    return value
  }
}

function unsupported(modifier: string): LexFailure {
  return new LexFailure(
    `unsupported modifier (${modifier === '' ? endMark : modifier === ':' ? `:${endMark}` : modifier}) in substitution`,
  )
}

/** Letters beyond ASCII count, punctuation and symbols do not. */
export function isNameCharacter(code: number): boolean {
  if (code < 0x80) return isAsciiLetter(code) || isDigit(code) || code === 0x5f
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba
  if (code === 0xd7 || code === 0xf7 || (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x3004))
    return false
  return (code >= 0xc0 && code < 0xd800) || (code >= 0xf900 && code <= 0xfaff)
}
