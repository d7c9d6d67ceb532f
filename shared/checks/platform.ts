import { isAsciiLetter, isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'
import { expandWord } from '../dockerfile/variables.ts'
import { finding, type Check, type CheckSubject } from './check.ts'
import { suggestion } from './suggest.ts'

/** `FROM --platform` that is empty or cannot be read. */
export const platform: Check = {
  rule: 'invalid-platform',
  run: subject =>
    subject.drafts.flatMap(draft => {
      if (draft.platform === null || draft.platform === '') return []
      const message = problem(draft.platform, subject)
      const range = draft.from.flags.find(flag => flag.name === 'platform')?.range
      return message === null ? [] : [finding(subject, 'invalid-platform', 'error', message, draft.from, range)]
    }),
}

function problem(written: string, { file, globals }: CheckSubject): string | null {
  const result = expandWord(written, globals.values, file.escape)
  if (result.kind === 'failed') return `failed to process arguments for platform ${written}: ${result.message}`
  const { text, unmatched } = result.lexed
  if (text === '') {
    const near = unmatched.map(name => suggestion(name, globals.values.keys())).find(found => found !== '')
    return `empty platform value from expression ${written}${near ?? ''}`
  }
  const invalid = specifierProblem(text)
  return invalid === null ? null : `failed to parse platform ${written}: ${invalid}`
}

/** `os`, `architecture`, `os/architecture` or `os/architecture/variant`. */
function specifierProblem(specifier: string): string | null {
  if (specifier.includes('*')) return `${goQuote(specifier)}: wildcards not yet supported: invalid argument`
  const parts = specifier.split('/')
  for (const part of parts)
    if (!isComponent(withoutVersion(part)))
      return `${goQuote(part)} is an invalid component of ${goQuote(specifier)}: platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument`
  if (parts.length > 3) return `${goQuote(specifier)}: cannot parse platform specifier: invalid argument`
  if (
    parts.length === 1 &&
    !systems.has(withoutVersion(specifier).toLowerCase()) &&
    !architectures.has(specifier.toLowerCase())
  )
    return `${goQuote(specifier)}: unknown operating system or architecture: invalid argument`
  return null
}

/** `windows(10.0.17763)` */
function withoutVersion(part: string): string {
  const open = part.indexOf('(')
  return open > 0 && part.endsWith(')') ? part.slice(0, open) : part
}

function isComponent(text: string): boolean {
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (!isAsciiLetter(code) && !isDigit(code) && !'_.-'.includes(text.charAt(position))) return false
  }
  return text !== ''
}

const systems = new Set(
  ['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js'].concat([
    'linux',
    'nacl',
    'netbsd',
    'openbsd',
    'plan9',
    'solaris',
    'windows',
    'zos',
    'macos',
  ]),
)

const architectures = new Set(
  [
    '386',
    'amd64',
    'amd64p32',
    'arm',
    'armbe',
    'arm64',
    'arm64be',
    'ppc64',
    'ppc64le',
    'loong64',
    'mips',
    'mipsle',
  ].concat([
    'mips64',
    'mips64le',
    'mips64p32',
    'mips64p32le',
    'ppc',
    'riscv',
    'riscv64',
    's390',
    's390x',
    'sparc',
    'sparc64',
    'wasm',
    'i386',
    'x86_64',
    'x86-64',
    'aarch64',
    'armhf',
    'armel',
  ]),
)
