import { readDirective } from '../../dockerfile/directives.ts'
import { goQuote } from '../../dockerfile/go-quote.ts'
import type { Dockerfile, Instruction } from '../../dockerfile/syntax.ts'
import type { TextRange } from '../../text/text-edit.ts'

/** Which of BuildKit's rules a file or an instruction asks for: `# check=skip=…;error=true;experimental=…`. */
export interface LintSettings {
  readonly skip: ReadonlySet<string> | 'all'
  readonly experimental: ReadonlySet<string> | 'all'
  /** Findings are errors: BuildKit refuses to build. */
  readonly error: boolean
}

/** The settings of a file, and what is wrong with the directive that holds them. */
export interface FileSettings {
  readonly settings: LintSettings
  /** What the directive says; null where there is none. */
  readonly text: string | null
  readonly problem: { readonly message: string; readonly line: number; readonly range: TextRange } | null
}

const defaults: LintSettings = { skip: new Set(), experimental: new Set(), error: false }
const truths = ['1', 't', 'T', 'TRUE', 'true', 'True']
const falsehoods = ['0', 'f', 'F', 'FALSE', 'false', 'False']

type ReadSettings =
  | { readonly kind: 'settings'; readonly settings: LintSettings }
  | { readonly kind: 'invalid'; readonly message: string }

/** `skip=A,B;error=true`. What follows the first blank is a remark. */
export function readSettings(value: string): ReadSettings {
  let settings = defaults
  for (const part of (value.split(' ', 1)[0] ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals < 0) return { kind: 'invalid', message: `invalid check option ${goQuote(part)}` }
    const name = part.slice(0, equals).trim()
    const text = part.slice(equals + 1).trim()
    switch (name) {
      case 'skip':
      case 'experimental':
        settings = { ...settings, [name]: text === 'all' ? 'all' : new Set(text.split(',').map(rule => rule.trim())) }
        break
      case 'error':
        if (!truths.includes(text) && !falsehoods.includes(text)) {
          const reason = `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`
          return { kind: 'invalid', message: `failed to parse check option ${goQuote(part)}: ${reason}` }
        }
        settings = { ...settings, error: truths.includes(text) }
        break
      default:
        return { kind: 'invalid', message: `invalid check option ${goQuote(name)}` }
    }
  }
  return { kind: 'settings', settings }
}

/** The directive counts after a `#!` line, too, where no other directive does. */
export function fileSettings(file: Dockerfile): FileSettings {
  const directive = file.directives.find(({ name }) => name === 'check') ?? directiveBelowInterpreter(file)
  if (directive === null) return { settings: defaults, text: null, problem: null }
  const { value: text } = directive
  const read = readSettings(text)
  if (read.kind === 'settings') return { settings: read.settings, text, problem: null }
  const { line, range } = directive
  return {
    settings: defaults,
    text,
    problem: { message: `failed to parse check options: ${read.message}`, line, range },
  }
}

function directiveBelowInterpreter(file: Dockerfile): {
  readonly value: string
  readonly line: number
  readonly range: TextRange
} | null {
  const { text } = file
  if (!text.startsWith('#!')) return null
  const { lineStarts } = file
  for (let index = 1; index < lineStarts.length; index++) {
    const from = lineStarts[index] ?? 0
    const to = lineStarts[index + 1] ?? text.length
    const found = readDirective(text, from, to)
    if (found === null) return null
    if (found.name === 'check')
      return { value: text.slice(found.from, found.to), line: index + 1, range: { from, to: found.to } }
  }
  return null
}

/** What the comment above an instruction says of it alone; null where it says nothing. The first such line counts. */
export function instructionSettings({ comment }: Instruction): LintSettings | null {
  if (comment === null) return null
  for (const line of comment.lines) {
    const text = `#${line}`
    const found = readDirective(text, 0, text.length)
    if (found?.name !== 'check') continue
    const read = readSettings(text.slice(found.from, found.to))
    return read.kind === 'settings' ? read.settings : null
  }
  return null
}

/** Whether a rule is asked for. Experimental rules are off until they are named, and cannot be skipped. */
export function isAskedFor(rule: string, experimental: boolean, settings: readonly (LintSettings | null)[]): boolean {
  return experimental
    ? settings.some(each => each !== null && includes(each.experimental, rule))
    : !settings.some(each => each !== null && includes(each.skip, rule))
}

function includes(rules: ReadonlySet<string> | 'all', rule: string): boolean {
  return rules === 'all' || rules.has(rule)
}
