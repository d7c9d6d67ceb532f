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

const known = new Map(keywords.map(keyword => [keyword, keyword]))

export function isKeyword(word: string): boolean {
  return known.has(word)
}

/** The one string for a keyword that all its instructions share; undefined for any other word. */
export function knownKeyword(word: string): string | undefined {
  return known.get(word)
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
