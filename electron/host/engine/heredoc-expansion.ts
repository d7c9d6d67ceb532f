import type { Environment } from '../../../shared/dockerfile/variables.ts'
import { lex } from '../../../shared/dockerfile/shell-lexer.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'

/**
 * Expands variables in a heredoc's body as BuildKit does: quotes mean nothing there, a backslash gives the next character
 * its plain meaning and goes away, unset variables become empty.
 * @throws HostError engine-failed in BuildKit's words where a reference cannot be read or asks for a value.
 */
export function expandHeredoc(content: string, environment: Environment): string {
  let expanded = ''
  for (let position = 0; position < content.length;) {
    const character = content.charAt(position)
    if (character === '\\') {
      expanded += content.charAt(position + 1)
      position += 2
    } else if (character === '$') {
      const end = referenceEnd(content, position)
      const result = lex(content.slice(position, end), { escape: '\\', lookUp: name => environment.get(name) })
      if (result.kind === 'failed') throw new HostError('engine-failed', result.message)
      expanded += result.lexed.text
      position = end
    } else {
      expanded += character
      position++
    }
  }
  return expanded
}

/** Where `$name`, `$1`, `${…}` or a lone `$` that begins here ends. */
function referenceEnd(content: string, from: number): number {
  let position = from + 1
  if (content.charAt(position) !== '{') {
    if (/[0-9@*#]/.test(content.charAt(position))) return position + 1
    while (/[A-Za-z0-9_]/.test(content.charAt(position))) position++
    return position
  }
  for (let depth = 0; position < content.length; position++) {
    const character = content.charAt(position)
    if (character === '\\') position++
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return position + 1
  }
  return content.length
}
