/** The sixteen colours that terminals name; 8 to 15 are the bright ones. */
export type AnsiColour = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15

export interface AnsiStyle {
  readonly colour: AnsiColour | null
  readonly background: AnsiColour | null
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly inverse: boolean
}

export interface AnsiSpan {
  readonly text: string
  readonly style: AnsiStyle
}

export const plainStyle: AnsiStyle = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
}

const escape = '\u001b'

/**
 * Cuts a line of terminal output into runs of one style (ECMA-48 SGR). Other sequences move a cursor that is not there
 * and are left out, as are control characters; each line begins plain.
 */
export function ansiSpans(line: string): readonly AnsiSpan[] {
  if (!hasControls(line)) return line === '' ? [] : [{ text: line, style: plainStyle }]
  const spans: AnsiSpan[] = []
  let style = plainStyle
  let text = ''
  const close = () => {
    if (text !== '') spans.push({ text, style })
    text = ''
  }
  for (let at = 0; at < line.length;) {
    const character = line.charAt(at)
    if (character !== escape) {
      if (character === '\b') text = text.slice(0, -1)
      else if (character === '\t' || !isControl(line.charCodeAt(at))) text += character
      at += 1
      continue
    }
    const end = sequenceEnd(line, at)
    if (line.charAt(at + 1) === '[' && line.charAt(end - 1) === 'm') {
      close()
      style = applySgr(style, line.slice(at + 2, end - 1))
    }
    at = end
  }
  close()
  return spans
}

/** The line without sequences and control characters: what is searched, copied and saved. */
export function plainText(line: string): string {
  if (!hasControls(line)) return line
  return ansiSpans(line)
    .map(span => span.text)
    .join('')
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

function hasControls(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (isControl(code) && code !== 9) return true
  }
  return false
}

/** Where the escape sequence that begins at `at` ends; the end of the line where it never does. */
function sequenceEnd(line: string, at: number): number {
  const kind = line.charAt(at + 1)
  if (kind === '[') {
    // CSI: parameters and intermediates, then one byte from @ to ~.
    for (let end = at + 2; end < line.length; end++) {
      const code = line.charCodeAt(end)
      if (code >= 0x40 && code <= 0x7e) return end + 1
      if (code < 0x20 || code > 0x7e) return end
    }
    return line.length
  }
  if (kind === ']') {
    // OSC, for window titles and links: up to BEL or ESC \.
    for (let end = at + 2; end < line.length; end++) {
      if (line.charAt(end) === '\u0007') return end + 1
      if (line.charAt(end) === escape) return line.charAt(end + 1) === '\\' ? end + 2 : end
    }
    return line.length
  }
  // ESC ( B and its like choose a character set; everything else is two characters.
  return Math.min(line.length, at + (kind === '(' || kind === ')' ? 3 : 2))
}

function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(code => (code === '' ? 0 : Number(code)))
  let style = before
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code === 38 || code === 48) {
      const [colour, length] = extendedColour(codes.slice(at + 1))
      style = code === 38 ? { ...style, colour } : { ...style, background: colour }
      at += length
    } else style = applyCode(style, code)
  }
  return style
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, colour: named(code - 30) }
  if (code >= 90 && code <= 97) return { ...style, colour: named(code - 82) }
  if (code >= 40 && code <= 47) return { ...style, background: named(code - 40) }
  if (code >= 100 && code <= 107) return { ...style, background: named(code - 92) }
  switch (code) {
    case 0:
      return plainStyle
    case 1:
      return { ...style, bold: true }
    case 2:
      return { ...style, dim: true }
    case 3:
      return { ...style, italic: true }
    case 4:
      return { ...style, underline: true }
    case 7:
      return { ...style, inverse: true }
    case 22:
      return { ...style, bold: false, dim: false }
    case 23:
      return { ...style, italic: false }
    case 24:
      return { ...style, underline: false }
    case 27:
      return { ...style, inverse: false }
    case 39:
      return { ...style, colour: null }
    case 49:
      return { ...style, background: null }
    default:
      return style
  }
}

/** `5;n` of the 256 colours or `2;r;g;b`, brought down to the sixteen that the window has colours for. */
function extendedColour(codes: readonly number[]): readonly [AnsiColour | null, number] {
  const [kind, first = 0, second = 0, third = 0] = codes
  if (kind === 2) return [nearest(first, second, third), 4]
  if (kind !== 5) return [null, 1]
  if (first < 16) return [named(first), 2]
  if (first >= 232) return [nearest(...triple((first - 232) * 10 + 8)), 2]
  const cube = first - 16
  const level = (part: number) => (part === 0 ? 0 : part * 40 + 55)
  return [nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)), 2]
}

const triple = (level: number): readonly [number, number, number] => [level, level, level]

/** Which of red, green and blue are strong names the colour; greys go from black to white. */
function nearest(red: number, green: number, blue: number): AnsiColour {
  const strongest = Math.max(red, green, blue)
  const weakest = Math.min(red, green, blue)
  if (strongest - weakest < 32) return strongest < 64 ? 0 : strongest < 150 ? 8 : strongest < 220 ? 7 : 15
  const half = (strongest + weakest) / 2
  const bits = Number(red > half) + 2 * Number(green > half) + 4 * Number(blue > half)
  return named(bits + (strongest > 200 ? 8 : 0))
}

function named(number: number): AnsiColour {
  const known = colours[number]
  return known ?? 7
}

const colours: readonly AnsiColour[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
