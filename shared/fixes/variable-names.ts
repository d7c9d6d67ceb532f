import type { TextRange } from '../text/text-edit.ts'
import { isAsciiLetter, isDigit } from '../dockerfile/characters.ts'

/** Where `$name` and `${name…}` stand in a part of the text, the name alone. */
export function variableNames(text: string, { from, to }: TextRange, name: string): readonly TextRange[] {
  const ranges: TextRange[] = []
  for (let dollar = text.indexOf('$', from); dollar >= 0 && dollar < to; dollar = text.indexOf('$', dollar + 1)) {
    const start = dollar + (text.charAt(dollar + 1) === '{' ? 2 : 1)
    const end = start + name.length
    if (text.startsWith(name, start) && end <= to && !continuesName(text.charCodeAt(end)))
      ranges.push({ from: start, to: end })
  }
  return ranges
}

function continuesName(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x5f
}
