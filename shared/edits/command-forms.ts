import type { Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'

/**
 * A command in the JSON form, on one line: its words where a shell would do nothing but part them, else the shell with
 * the whole text, which is what the shell form stands for. Null where comments in between would be lost, or where the
 * shell is needed and not known.
 */
export function jsonForm(instruction: Instruction, shell: readonly string[] | null): TextEdit | null {
  if (instruction.isJson || instruction.argumentsText === '' || instruction.embedded.length > 0) return null
  const text = instruction.argumentsText
  const plain = shell === null || partsAsSh(shell) ? plainWords(text) : null
  const words = text.startsWith('[') ? looseArray(text) : (plain ?? (shell === null ? null : [...shell, text]))
  return words === null || words.length === 0
    ? null
    : { ...instruction.argumentsRange, insert: `[${words.map(word => JSON.stringify(word)).join(', ')}]` }
}

/**
 * A command as a text for the shell, which parts it into the same words; what is a call of this shell already is the
 * text that it is called with. Null where it cannot be quoted.
 */
export function shellForm(instruction: Instruction, shell: readonly string[]): TextEdit | null {
  const words = instruction.arguments.map(word => word.text)
  if (words.length === 0 || instruction.embedded.length > 0 || words.some(word => /[\r\n]/.test(word))) return null
  const isCall = words.length === shell.length + 1 && shell.every((word, at) => word === words[at])
  const quoted = words.map((word, at) => (isPlain(word, at === 0) ? word : `'${word.replaceAll("'", `'"'"'`)}'`))
  if (!isCall && !partsAsSh(shell) && quoted.some((word, at) => word !== words[at])) return null
  const insert = isCall ? (words.at(-1) ?? '').trim() : quoted.join(' ')
  return insert === '' ? null : { ...instruction.argumentsRange, insert }
}

/** Whether the shell has the quotes of `sh`. */
function partsAsSh(shell: readonly string[]): boolean {
  return /(^|\/)(ba|da|a|k|z)?sh$/.test(shell[0] ?? '')
}

/** Whether a shell takes the word as it is, in its place. */
function isPlain(word: string, isFirst: boolean): boolean {
  const words = plainWords(isFirst ? word : `a ${word}`)
  return words?.length === (isFirst ? 1 : 2) && words.at(-1) === word
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
