import { isPlainWord, lex, PlainWord, type LexResult } from './shell-lexer.ts'

/** Variables in effect at one place of the file; later entries replace earlier ones of the same name. */
export type Environment = ReadonlyMap<string, string>

/** Resolves quotes, escapes and variables of one word as BuildKit does before it uses it. */
export function expandWord(word: string, environment: Environment, escape: string): LexResult {
  return isPlainWord(word, escape) ? new PlainWord(word) : lex(word, { escape, lookUp: name => environment.get(name) })
}
