const named: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

/** A string as Go's `%q` writes it, which BuildKit uses in its messages. */
export function goQuote(text: string): string {
  let result = '"'
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const escape = named[character]
    if (escape !== undefined) result += escape
    else if (code < 0x20 || code === 0x7f) result += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code === 0xa0 || (code >= 0x80 && code < 0xa0) || code === 0xfeff || (code >= 0x2000 && code <= 0x200f))
      result += `\\u${code.toString(16).padStart(4, '0')}`
    else result += character
  }
  return result + '"'
}
