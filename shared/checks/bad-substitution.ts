import type { Instruction, Word } from '../dockerfile/syntax.ts'
import { lex } from '../dockerfile/shell-lexer.ts'
import { builtInstructionCheck } from './check.ts'

/**
 * Quotes that do not close and `${…}` that cannot be read, in what BuildKit expands itself. Every variable counts as
 * set here: what a base image sets is not known.
 */
export const badSubstitution = builtInstructionCheck('bad-substitution', (instruction, _stage, { escape }) => {
  if (!isExpanded(instruction) || !mayFail(instruction.argumentsText)) return null
  for (const word of expandedWords(instruction)) {
    const result = lex(word.text, { escape, lookUp: () => 'x' })
    if (result.kind === 'failed') return { message: result.message, range: word.range }
  }
  return null
})

const expandedKeywords = new Set('ENV LABEL ARG ADD COPY EXPOSE STOPSIGNAL USER VOLUME WORKDIR'.split(' '))

function isExpanded({ keyword }: Instruction): boolean {
  return expandedKeywords.has(keyword)
}

/** Nothing but quotes and variables can be left open. */
function mayFail(text: string): boolean {
  return text.includes('$') || text.includes('"') || text.includes("'")
}

function expandedWords(instruction: Instruction): readonly Word[] {
  if (instruction.pairs.length > 0)
    return instruction.pairs.flatMap(({ key, value }) => (value === null ? [key] : [key, value]))
  // The words of heredocs are names of files.
  return instruction.heredocs.length === 0 ? instruction.arguments : instruction.arguments.slice(-1)
}
