import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The Dockerfile that the words after the program's name ask for, absolute, or null. Desktops hand over `file:` addresses
 * (`%U` in the desktop entry); Chromium's own switches start with a dash.
 */
export const launchPath = (words: readonly string[], workingDirectory: string): string | null => {
  const word = words.find(each => each !== '' && !each.startsWith('-'))
  if (word === undefined) return null
  if (!word.startsWith('file:')) return resolve(workingDirectory, word)
  try {
    return fileURLToPath(word)
  } catch {
    return null
  }
}
