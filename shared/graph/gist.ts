import { isSpace } from '../dockerfile/characters.ts'

/** `text` with every run of white space made one blank. */
export function foldWhiteSpace(text: string): string {
  let result = ''
  let from = 0
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (!isSpace(code) || (code === 0x20 && !isSpace(text.charCodeAt(position + 1)))) continue
    result += text.slice(from, position) + ' '
    while (position + 1 < text.length && isSpace(text.charCodeAt(position + 1))) position++
    from = position + 1
  }
  return from === 0 ? text : result + text.slice(from)
}
