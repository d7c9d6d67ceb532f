import { isAsciiLetter, isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'

export type PlatformSpecifier =
  | { readonly kind: 'platform'; readonly system: string; readonly architecture: string }
  | { readonly kind: 'invalid'; readonly message: string }

/** `os`, `architecture`, `os/architecture` or `os/architecture/variant`, under the names that Go has for them. */
export function readPlatform(specifier: string): PlatformSpecifier {
  const message = specifierProblem(specifier)
  if (message !== null) return { kind: 'invalid', message }
  const [first = '', second = ''] = specifier.split('/').map(part => withoutVersion(part).toLowerCase())
  if (second !== '') return platformOf(first, second)
  return systems.has(first) ? platformOf(first, 'amd64') : platformOf('linux', first)
}

function platformOf(system: string, architecture: string): PlatformSpecifier {
  return {
    kind: 'platform',
    system: system === 'macos' ? 'darwin' : system,
    architecture: otherNames[architecture] ?? architecture,
  }
}

const otherNames: Readonly<Record<string, string>> = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
}

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
