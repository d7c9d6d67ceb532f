import { isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'

export type Duration =
  { readonly kind: 'duration'; readonly nanoseconds: bigint } | { readonly kind: 'invalid'; readonly message: string }

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

/** `1h30m`, `1.5s`: durations as Go writes them, with Go's messages. */
export function readDuration(text: string): Duration {
  const invalid: Duration = { kind: 'invalid', message: `time: invalid duration ${goQuote(text)}` }
  const negative = text.startsWith('-')
  let position = negative || text.startsWith('+') ? 1 : 0
  if (text.slice(position) === '0') return { kind: 'duration', nanoseconds: 0n }
  if (position === text.length) return invalid
  let nanoseconds = 0n
  while (position < text.length) {
    const wholeEnd = digitsEnd(text, position)
    const hasPoint = text.charAt(wholeEnd) === '.'
    const numberEnd = hasPoint ? digitsEnd(text, wholeEnd + 1) : wholeEnd
    const whole = text.slice(position, wholeEnd)
    const fraction = hasPoint ? text.slice(wholeEnd + 1, numberEnd) : ''
    if (whole === '' && fraction === '') return invalid
    let unitEnd = numberEnd
    while (unitEnd < text.length && text.charAt(unitEnd) !== '.' && !isDigit(text.charCodeAt(unitEnd))) unitEnd++
    const unit = text.slice(numberEnd, unitEnd)
    if (unit === '') return { kind: 'invalid', message: `time: missing unit in duration ${goQuote(text)}` }
    const factor = units[unit]
    if (factor === undefined)
      return { kind: 'invalid', message: `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}` }
    nanoseconds += (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length)
    position = unitEnd
  }
  return { kind: 'duration', nanoseconds: negative ? -nanoseconds : nanoseconds }
}

function digitsEnd(text: string, from: number): number {
  let position = from
  while (isDigit(text.charCodeAt(position))) position++
  return position
}
