import type { Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'

/**
 * A CMD or ENTRYPOINT in the JSON form, on one line: its words where a shell would do nothing but part them, else the
 * shell with the whole text, which is what the shell form stands for. Null where comments in between would be lost.
 */
export function jsonForm(instruction: Instruction, shell: readonly string[] | null): TextEdit | null {
  if (instruction.isJson || instruction.argumentsText === '' || instruction.embedded.length > 0) return null
  const text = instruction.argumentsText
  const words = text.startsWith('[')
    ? looseArray(text)
    : (plainWords(text) ?? (shell === null ? null : [...shell, text]))
  return words === null || words.length === 0
    ? null
    : { ...instruction.argumentsRange, insert: `[${words.map(word => JSON.stringify(word)).join(', ')}]` }
}

/** An array that is no JSON only because its strings stand in single quotes. */
function looseArray(text: string): readonly string[] | null {
  try {
    const value = JSON.parse(text.replaceAll("'", '"')) as unknown
    return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : null
  } catch {
    return null
  }
}

const signs = '$`\\|&;<>()*?[]{}#~!\n'
/** What no file of that name does, but the shell itself. */
const builtins = new Set('. : alias cd eval exec exit export set shift source trap ulimit umask unset'.split(' '))

/** Words as a shell parts them; null where it would do more than that. */
function plainWords(text: string): readonly string[] | null {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (quote === '"' && '$`\\'.includes(character)) return null
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (signs.includes(character)) return null
    else if (character.trim() !== '') word = (word ?? '') + character
    else {
      if (word !== null) words.push(word)
      word = null
    }
  }
  if (quote !== '') return null
  if (word !== null) words.push(word)
  const [command = ''] = words
  return command === '' || command.includes('=') || builtins.has(command) ? null : words
}
