/**
 * Which paths a list of .dockerignore patterns leaves out, as moby's patternmatcher decides it: later patterns win, `!`
 * takes back, and a pattern that matches a folder matches everything below it.
 */
export class IgnorePatterns {
  /** Whether some pattern begins with `!`: only then can something below an ignored folder still count. */
  readonly hasExceptions: boolean
  readonly #patterns: readonly IgnorePattern[]

  constructor(lines: readonly string[]) {
    this.#patterns = lines.flatMap((line, index) => {
      const pattern = parsePattern(line, index + 1)
      return pattern ? [pattern] : []
    })
    this.hasExceptions = this.#patterns.some(pattern => pattern.exception)
  }

  /** Whether the path (with '/', no leading one) matches, itself or by one of its parents. */
  matches(path: string): boolean {
    return this.matchingLine(path) !== null
  }

  /** The 1-based line of the pattern by which the path matches; null where it does not. */
  matchingLine(path: string): number | null {
    let line: number | null = null
    for (const pattern of this.#patterns) {
      // A pattern can only change the verdict in one direction.
      if (pattern.exception !== (line !== null)) continue
      if (matchesWithParents(pattern, path)) line = pattern.exception ? null : pattern.line
    }
    return line
  }

  /** Whether an exception might match something below this folder. */
  mayExceptBelow(folder: string): boolean {
    return this.#patterns.some(pattern => pattern.exception && mayReach(pattern, folder))
  }

  /** Whether a pattern might match something below this folder. */
  mayMatchBelow(folder: string): boolean {
    return this.#patterns.some(pattern => mayReach(pattern, folder))
  }
}

/** The patterns in the text of a .dockerignore: all lines but the comments, which begin with their first character. */
export function readIgnoreFile(text: string): IgnorePatterns {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  return new IgnorePatterns(lines.map(line => (line.startsWith('#') ? '' : line)))
}

interface IgnorePattern {
  /** 1-based. */
  readonly line: number
  readonly exception: boolean
  readonly expression: RegExp
  /** Path segments up to the first one with a wildcard. */
  readonly prefix: readonly string[]
  /** The prefix is the whole pattern. */
  readonly literal: boolean
}

function matchesWithParents(pattern: IgnorePattern, path: string): boolean {
  if (pattern.expression.test(path)) return true
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    if (pattern.expression.test(path.slice(0, slash))) return true
  return false
}

function mayReach(pattern: IgnorePattern, folder: string): boolean {
  const segments = folder.split('/')
  const shared = Math.min(segments.length, pattern.prefix.length)
  for (let index = 0; index < shared; index++) if (segments[index] !== pattern.prefix[index]) return false
  // A literal pattern above the folder has matched the folder itself already.
  return !pattern.literal || pattern.prefix.length > segments.length || matchesWithParents(pattern, folder)
}

function parsePattern(written: string, line: number): IgnorePattern | null {
  let text = written.trim()
  if (text === '') return null
  const exception = text.startsWith('!')
  if (exception) text = text.slice(1).trim()
  const segments = cleanPath(text)
  if (segments.length === 0) return null
  const wild = segments.findIndex(segment => /[*?[\\]/.test(segment))
  return {
    line,
    exception,
    expression: compiled(segments.join('/')),
    prefix: wild < 0 ? segments : segments.slice(0, wild),
    literal: wild < 0,
  }
}

/** A wildcard within one name, as the sources of COPY have it: two stars say no more than one. */
export function namePattern(segment: string): RegExp {
  return compiled(segment.replaceAll(/\*{2,}/g, '*'))
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(`^${expressionOf(pattern)}$`, 'su')
  } catch {
    // A malformed character class: the daemon has refused the file by then, so nothing depends on what this matches.
    return new RegExp(`^${Array.from(pattern, literal).join('')}$`, 'su')
  }
}

/** The pattern that matches this path and nothing else. */
export function exactPattern(path: string): string {
  return path.replaceAll(/[*?[\\]/g, character => `\\${character}`)
}

/** Path segments without '.', with '..' resolved where there is something to go up from. */
export function cleanPath(path: string): string[] {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') segments.pop()
    else segments.push(segment)
  }
  return segments
}

/** Go's filepath.Match, with `**` for any number of folders. */
function expressionOf(pattern: string): string {
  const characters = Array.from(pattern)
  let expression = ''
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    if (character === '*' && characters[index + 1] === '*') {
      index++
      if (characters[index + 1] === '/') index++
      // At the end it is everything; elsewhere nothing at all, or whole folders.
      expression += index + 1 >= characters.length ? '.*' : '(?:.*/)?'
    } else if (character === '*') expression += '[^/]*'
    else if (character === '?') expression += '[^/]'
    else if (character === '\\' && index + 1 < characters.length) {
      index++
      expression += literal(characters[index] ?? '')
    } else if (character === '[') {
      const end = characters.indexOf(']', index + 2)
      if (end < 0) expression += literal(character)
      else {
        expression += characterClass(characters.slice(index + 1, end))
        index = end
      }
    } else expression += literal(character)
  }
  return expression
}

function characterClass(characters: readonly string[]): string {
  const negated = characters[0] === '^'
  const members = negated ? characters.slice(1) : characters
  return `[${negated ? '^' : ''}${members.map(member => (member === '-' || member === '\\' ? member : literal(member))).join('')}]`
}

function literal(character: string): string {
  return /[.*+?^${}()|[\]\\/]/.test(character) ? `\\${character}` : character
}
