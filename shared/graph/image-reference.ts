import { isAsciiLetter, isDigit } from '../dockerfile/characters.ts'

const longestName = 255

/**
 * Why `reference` cannot name an image, in the words of the reference grammar that every Docker tool shares; null where
 * it can.
 */
export function referenceProblem(reference: string): string | null {
  if (reference.length === 64 && every(reference, isHexadecimal))
    return `invalid repository name (${reference}), cannot specify 64-byte hexadecimal strings`
  const { domain, remainder } = splitDomain(reference)
  const colon = remainder.indexOf(':')
  const remote = colon < 0 ? remainder : remainder.slice(0, colon)
  if (remote.toLowerCase() !== remote) return `invalid reference format: repository name (${remote}) must be lowercase`
  if (!isDomain(domain) || !isNameTagDigest(remainder)) return 'invalid reference format'
  if (`${domain}/${remote}`.length > longestName)
    return `repository name must not be more than ${longestName} characters`
  return null
}

function splitDomain(reference: string): { domain: string; remainder: string } {
  const slash = reference.indexOf('/')
  const first = reference.slice(0, Math.max(0, slash))
  const isDockerHub =
    slash < 0 ||
    (!first.includes('.') && !first.includes(':') && first !== 'localhost' && first.toLowerCase() === first)
  const domain = isDockerHub || first === 'index.docker.io' ? 'docker.io' : first
  const remainder = isDockerHub ? reference : reference.slice(slash + 1)
  return { domain, remainder: domain === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder }
}

/** `path/path[:tag][@digest]`. */
function isNameTagDigest(text: string): boolean {
  const at = text.indexOf('@')
  if (at >= 0 && !isDigest(text.slice(at + 1))) return false
  const named = at < 0 ? text : text.slice(0, at)
  const colon = named.indexOf(':')
  if (colon >= 0 && !isTag(named.slice(colon + 1))) return false
  return (colon < 0 ? named : named.slice(0, colon)).split('/').every(isPathComponent)
}

/** Lower-case letters and digits, parted by one of `.`, `_`, `__` or any number of `-`. */
function isPathComponent(text: string): boolean {
  let position = 0
  for (;;) {
    const start = position
    while (isLowerAlphanumeric(text.charCodeAt(position))) position++
    if (position === start) return false
    if (position === text.length) return true
    if (text.startsWith('__', position)) position += 2
    else if (text.charAt(position) === '.' || text.charAt(position) === '_') position++
    else if (text.charAt(position) === '-') while (text.charAt(position) === '-') position++
    else return false
  }
}

function isTag(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= 128 &&
    isWordCharacter(text.charCodeAt(0)) &&
    every(text, code => isWordCharacter(code) || code === 0x2e || code === 0x2d)
  )
}

/** `algorithm:hex`, where the algorithm's parts are joined by `+`, `.`, `-` or `_`. */
function isDigest(text: string): boolean {
  const colon = text.indexOf(':')
  if (colon < 0) return false
  let expectLetter = true
  for (let position = 0; position < colon; position++) {
    const code = text.charCodeAt(position)
    if (expectLetter) {
      if (!isAsciiLetter(code)) return false
      expectLetter = false
    } else if ('+.-_'.includes(text.charAt(position))) expectLetter = true
    else if (!isAsciiLetter(code) && !isDigit(code)) return false
  }
  const hex = text.slice(colon + 1)
  return !expectLetter && hex.length >= 32 && every(hex, isHexadecimal)
}

/** Host names with an optional port, or an IPv6 address in brackets. */
function isDomain(text: string): boolean {
  let host = text
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    if (end < 0 || !every(text.slice(1, end), code => isHexadecimal(code) || code === 0x3a)) return false
    if (end + 1 === text.length) return true
    if (text.charAt(end + 1) !== ':') return false
    return end + 2 < text.length && every(text.slice(end + 2), isDigit)
  }
  const colon = text.indexOf(':')
  if (colon >= 0) {
    if (colon + 1 === text.length || !every(text.slice(colon + 1), isDigit)) return false
    host = text.slice(0, colon)
  }
  return host
    .split('.')
    .every(
      part =>
        part.length > 0 &&
        !part.startsWith('-') &&
        !part.endsWith('-') &&
        every(part, code => isAsciiLetter(code) || isDigit(code) || code === 0x2d),
    )
}

function every(text: string, accepts: (code: number) => boolean): boolean {
  for (let position = 0; position < text.length; position++) if (!accepts(text.charCodeAt(position))) return false
  return true
}

function isLowerAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || isDigit(code)
}

function isWordCharacter(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x5f
}

function isHexadecimal(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46)
}
