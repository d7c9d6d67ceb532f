/** Every instruction BuildKit knows, in alphabetical order. */
export const keywords: readonly string[] = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]

const known: ReadonlySet<string> = new Set(keywords)
const letterBits = 0x1f
const caseBit = 0x20
const byFirstLetter: readonly (readonly string[])[] = Array.from({ length: letterBits + 1 }, (_, letter) =>
  keywords.filter(keyword => (keyword.charCodeAt(0) & letterBits) === letter),
)

export function isKeyword(word: string): boolean {
  return known.has(word)
}

/**
 * The word between `from` and `to` in upper case. Thousands of equal keywords are one string, and most are found without
 * cutting one out.
 */
export function keywordAt(text: string, from: number, to: number): string {
  const found = knownKeyword(text, from, to)
  if (found !== undefined) return found
  // By way of lower case, as Go does: the Kelvin sign is a K, too.
  const upper = text.slice(from, to).toLowerCase().toUpperCase()
  return knownKeyword(upper, 0, upper.length) ?? upper
}

/** In any case; undefined where it is none. */
function knownKeyword(text: string, from: number, to: number): string | undefined {
  for (const keyword of byFirstLetter[text.charCodeAt(from) & letterBits] ?? [])
    if (keyword.length === to - from && hasLetters(text, from, keyword)) return keyword
  return undefined
}

function hasLetters(text: string, from: number, keyword: string): boolean {
  for (let at = 0; at < keyword.length; at++)
    if ((text.charCodeAt(from + at) & ~caseBit) !== keyword.charCodeAt(at)) return false
  return true
}

/** `switch` stands for `--name`, `--name=true` or `--name=false`; `list` may be given more than once. */
export type FlagType = 'text' | 'switch' | 'list'

const none: ReadonlyMap<string, FlagType> = new Map()

const flags: Readonly<Record<string, ReadonlyMap<string, FlagType>>> = {
  FROM: new Map<string, FlagType>([['platform', 'text']]),
  COPY: new Map<string, FlagType>([
    ['from', 'text'],
    ['chown', 'text'],
    ['chmod', 'text'],
    ['link', 'switch'],
    ['parents', 'switch'],
    ['exclude', 'list'],
  ]),
  ADD: new Map<string, FlagType>([
    ['chown', 'text'],
    ['chmod', 'text'],
    ['link', 'switch'],
    ['keep-git-dir', 'switch'],
    ['checksum', 'text'],
    ['unpack', 'switch'],
    ['exclude', 'list'],
  ]),
  RUN: new Map<string, FlagType>([
    ['mount', 'list'],
    ['network', 'text'],
    ['security', 'text'],
    ['device', 'list'],
  ]),
  HEALTHCHECK: new Map<string, FlagType>([
    ['interval', 'text'],
    ['timeout', 'text'],
    ['start-period', 'text'],
    ['start-interval', 'text'],
    ['retries', 'text'],
  ]),
}

/** The flags an instruction takes; null where BuildKit never looks at them. */
export function knownFlags(keyword: string): ReadonlyMap<string, FlagType> | null {
  if (keyword === 'ARG' || keyword === 'STOPSIGNAL') return null
  return flags[keyword] ?? none
}
