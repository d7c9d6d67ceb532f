import type { Instruction, Word } from '../dockerfile/syntax.ts'
import { isPlainWord, lex } from '../dockerfile/shell-lexer.ts'
import { builtInstructionCheck } from './check.ts'

/**
 * Quotes that do not close and `${…}` that cannot be read, in what BuildKit expands itself. Every variable counts as
 * set here: what a base image sets is not known.
 */
export const badSubstitution = builtInstructionCheck('bad-substitution', (instruction, _draft, { file }) => {
  for (const word of expandedWords(instruction)) {
    if (isPlainWord(word.text, file.escape)) continue
    const result = lex(word.text, { escape: file.escape, lookUp: () => 'x' })
    if (result.kind === 'failed') return { message: result.message, range: word.range }
  }
  return null
})

function expandedWords(instruction: Instruction): readonly Word[] {
  switch (instruction.keyword) {
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return instruction.pairs.flatMap(({ key, value }) => (value === null ? [key] : [key, value]))
    case 'ADD':
    case 'COPY':
      return instruction.heredocs.length === 0 ? instruction.arguments : instruction.arguments.slice(-1)
    case 'EXPOSE':
    case 'STOPSIGNAL':
    case 'USER':
    case 'VOLUME':
    case 'WORKDIR':
      return instruction.arguments
    default:
      return []
  }
}
