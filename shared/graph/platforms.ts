import { isAsciiLetter, isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'

/** What a program runs on, under Go's names and as BuildKit normalizes them. */
export interface Platform {
  readonly system: string
  /** Of the system: `10.0.17763` for some Windows, else ''. */
  readonly version: string
  readonly architecture: string
  /** `v7`; '' where there is none to tell. */
  readonly variant: string
}

export type PlatformSpecifier =
  { readonly kind: 'platform'; readonly platform: Platform } | { readonly kind: 'invalid'; readonly message: string }

export const linuxAmd64: Platform = { system: 'linux', version: '', architecture: 'amd64', variant: '' }

/**
 * `os`, `architecture`, `os/architecture` or `os/architecture/variant`, read and normalized as containerd does it; what
 * is left out is the `host`'s.
 */
export function readPlatform(specifier: string, host: Platform = linuxAmd64): PlatformSpecifier {
  const message = specifierProblem(specifier)
  if (message !== null) return { kind: 'invalid', message }
  const [first = '', second, variant = ''] = specifier.split('/').map(part => part.toLowerCase())
  const name = withoutVersion(first)
  const isSystem = second !== undefined || systems.has(name)
  const system = { system: name === 'macos' ? 'darwin' : name, version: first.slice(name.length + 1, -1) }
  return {
    kind: 'platform',
    platform: {
      ...(isSystem ? system : { system: host.system, version: '' }),
      ...(isSystem && second === undefined
        ? { architecture: host.architecture, variant: host.variant }
        : processor(second ?? first, variant)),
    },
  }
}

/** As `TARGETPLATFORM` has it: `linux/arm/v7`. */
export function platformText({ system, version, architecture, variant }: Platform): string {
  return `${system}${version === '' ? '' : `(${version})`}/${architecture}${variant === '' ? '' : `/${variant}`}`
}

/** Whether BuildKit takes an image for one platform as one for the other: it does not mind versions and variants. */
export function sameProcessor(left: Platform, right: Platform): boolean {
  return left.system === right.system && left.architecture === right.architecture
}

/** One processor under one name: `aarch64` and `arm64/v8` are `arm64`, `arm` alone is `arm/v7`. */
function processor(written: string, variant: string): Pick<Platform, 'architecture' | 'variant'> {
  const architecture = otherNames[written] ?? written
  const named = isDigit(variant.charCodeAt(0)) ? `v${variant}` : variant
  if (architecture === 'arm') return { architecture, variant: written === 'armel' ? 'v6' : named || 'v7' }
  return { architecture, variant: named === usualVariants[architecture] ? '' : named }
}

/** What goes without saying. */
const usualVariants: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8' }

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

export const systems: ReadonlySet<string> = new Set(
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

export const architectures: ReadonlySet<string> = new Set(
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
