import { isNameCharacter } from './shell-lexer.ts'

/** A piece of a word before expansion: text as it stands, or a variable and what it does where it is unset. */
export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'variable'
      readonly name: string
      /** '' for a plain one; `pattern` for `#`, `%` and `/`, whose value cannot be read back from the result. */
      readonly modifier: '' | '-' | ':-' | '+' | ':+' | '?' | ':?' | 'pattern'
      /** What follows the modifier; empty for patterns. */
      readonly word: readonly TemplatePart[]
    }

/** The pieces of a word that BuildKit can expand; quotes and escapes are taken away. */
export function readTemplate(source: string, escape: string): readonly TemplatePart[] {
  return new TemplateReader(source, escape).read('')
}

/** Names of the variables in a word, those inside modifiers among them. */
export function templateNames(parts: readonly TemplatePart[]): readonly string[] {
  return parts.flatMap(part => (part.kind === 'literal' ? [] : [part.name, ...templateNames(part.word)]))
}

/** The pieces as text again, without the quotes that were around them; null where one cannot be told from its pieces. */
export function templateText(parts: readonly TemplatePart[]): string | null {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'literal') {
      if (/[\s$"'\\`]/.test(part.text)) return null
      text += part.text
      continue
    }
    const word = part.modifier === 'pattern' ? null : templateText(part.word)
    if (word === null) return null
    text += `\${${part.name}${part.modifier}${word}}`
  }
  return text
}

class TemplateReader {
  private readonly source: string
  private readonly escape: string
  private position = 0

  constructor(source: string, escape: string) {
    this.source = source
    this.escape = escape
  }

  /** Reads up to `stop`, or to the end where it is ''. */
  read(stop: string): TemplatePart[] {
    const parts: TemplatePart[] = []
    let text = ''
    let quoted = ''
    for (let next = this.take(); next !== '' && (next !== stop || quoted !== ''); next = this.take()) {
      if (quoted === "'") {
        if (next === quoted) quoted = ''
        else text += next
      } else if (next === '"' || next === "'") {
        if (quoted !== '' && next !== quoted) text += next
        else quoted = quoted === '' ? next : ''
      } else if (next === this.escape) text += this.take()
      else if (next === '$') {
        const variable = this.readVariable()
        if (variable.kind === 'literal') text += variable.text
        else {
          if (text !== '') parts.push({ kind: 'literal', text })
          text = ''
          parts.push(variable)
        }
      } else text += next
    }
    if (text !== '') parts.push({ kind: 'literal', text })
    return parts
  }

  private take(): string {
    return this.source.charAt(this.position++)
  }

  private readVariable(): TemplatePart {
    const isBraced = this.source.charAt(this.position) === '{'
    if (isBraced) this.position++
    const name = this.readName()
    if (name === '') return { kind: 'literal', text: isBraced ? '${' : '$' }
    if (!isBraced) return { kind: 'variable', name, modifier: '', word: [] }
    const first = this.take()
    if (first === '}') return { kind: 'variable', name, modifier: '', word: [] }
    const sign = first === ':' ? this.take() : first
    const word = this.read('}')
    if (sign !== '-' && sign !== '+' && sign !== '?') return { kind: 'variable', name, modifier: 'pattern', word: [] }
    return { kind: 'variable', name, modifier: first === ':' ? `:${sign}` : sign, word }
  }

  private readName(): string {
    const from = this.position
    while (isNameCharacter(this.source.charCodeAt(this.position))) this.position++
    return this.source.slice(from, this.position)
  }
}
