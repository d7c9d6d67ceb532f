/** `*`, `?` and literal characters of `${name#pattern}`, `%` and `/`. */
type Token =
  { readonly kind: 'star' } | { readonly kind: 'one' } | { readonly kind: 'literal'; readonly character: string }

export interface ShellPattern {
  readonly kind: 'pattern'
  readonly tokens: readonly Token[]
}

/** `\` escapes `*`, `?`, `\`, `}` and `/`, nothing else. */
export function shellPattern(source: string): ShellPattern | { readonly kind: 'invalid'; readonly message: string } {
  const tokens: Token[] = []
  const characters = Array.from(source)
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    if (character === '*') tokens.push({ kind: 'star' })
    else if (character === '?') tokens.push({ kind: 'one' })
    else if (character === '\\') {
      const escaped = characters[++index] ?? '\uFFFD'
      if (!'*?\\}/'.includes(escaped)) return { kind: 'invalid', message: `invalid escape '\\${escaped}'` }
      tokens.push({ kind: 'literal', character: escaped })
    } else tokens.push({ kind: 'literal', character })
  }
  return { kind: 'pattern', tokens }
}

/** Every length of a prefix of `characters`, from `start` on, that the tokens match: shortest first. */
function matchLengths(characters: readonly string[], start: number, tokens: readonly Token[]): number[] {
  let reached = new Set([start])
  for (const token of tokens) {
    const next = new Set<number>()
    for (const position of reached) {
      if (token.kind === 'star') for (let end = position; end <= characters.length; end++) next.add(end)
      else if (position < characters.length && (token.kind === 'one' || characters[position] === token.character))
        next.add(position + 1)
    }
    reached = next
  }
  return [...reached].sort((a, b) => a - b).map(end => end - start)
}

export function removePrefix(value: string, pattern: ShellPattern, longest: boolean): string {
  const characters = Array.from(value)
  const lengths = matchLengths(characters, 0, pattern.tokens)
  return characters.slice((longest ? lengths.at(-1) : lengths[0]) ?? 0).join('')
}

export function removeSuffix(value: string, pattern: ShellPattern, longest: boolean): string {
  const characters = Array.from(value).reverse()
  const lengths = matchLengths(characters, 0, [...pattern.tokens].reverse())
  return characters
    .slice((longest ? lengths.at(-1) : lengths[0]) ?? 0)
    .reverse()
    .join('')
}

/** Replaces the first match, as long as it can be, or every one. */
export function replaceMatches(value: string, pattern: ShellPattern, replacement: string, everywhere: boolean): string {
  const characters = Array.from(value)
  let result = ''
  let position = 0
  let afterMatch = false
  while (position <= characters.length) {
    const length = matchLengths(characters, position, pattern.tokens).at(-1)
    if (length !== undefined && !(length === 0 && afterMatch)) {
      result += replacement
      position += length
      if (!everywhere) return result + characters.slice(position).join('')
      afterMatch = length > 0
      if (length > 0) continue
    }
    afterMatch = false
    result += characters[position] ?? ''
    position++
  }
  return result
}
