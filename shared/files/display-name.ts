/** A piece of text made safe to look at. */
export interface DisplayPart {
  readonly text: string
  /** The text stands for one character that would not show, or would change how its neighbours show. */
  readonly escaped: boolean
}

/**
 * First and last of each run of UTF-16 units that do not show by themselves: controls, spaces that look like U+0020,
 * and whatever reorders, joins or hides its neighbours. Lone surrogates are seen to apart.
 */
const hidden: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x00a0],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
]

function isHidden(unit: number): boolean {
  if (unit >= 0x20 && unit < 0x7f) return false
  return hidden.some(([first, last]) => unit >= first && unit <= last)
}

/** Splits a name or a line of text into what shows by itself and what must be spelt out, as `\x1b` or `\u202e`; `keep` holds exceptions. */
export function displayParts(text: string, keep = ''): readonly DisplayPart[] {
  const parts: DisplayPart[] = []
  let plain = 0
  for (let index = 0; index < text.length; index++) {
    if (!isHidden(text.charCodeAt(index)) || keep.includes(text.charAt(index))) continue
    if ((text.codePointAt(index) ?? 0) > 0xffff) {
      index += 1
      continue
    }
    if (index > plain) parts.push({ text: text.slice(plain, index), escaped: false })
    parts.push({ text: escapeOf(text.charAt(index)), escaped: true })
    plain = index + 1
  }
  if (plain < text.length || parts.length === 0) parts.push({ text: text.slice(plain), escaped: false })
  return parts
}

/** The same in one string, for titles and accessible names. */
export function displayName(text: string): string {
  return displayParts(text)
    .map(part => part.text)
    .join('')
}

function escapeOf(character: string): string {
  switch (character) {
    case '\n':
      return '\\n'
    case '\r':
      return '\\r'
    case '\t':
      return '\\t'
    default: {
      const code = character.charCodeAt(0)
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
    }
  }
}
