import type { Instruction } from '../dockerfile/syntax.ts'
import { readHeredocWord } from '../dockerfile/heredocs.ts'
import { instructionCheck } from './check.ts'

/** How many arguments an instruction takes, and what they must not be. */
export const argumentCount = instructionCheck('argument-count', instruction => {
  const message = problem(instruction)
  return message === null ? null : { message }
})

function problem(instruction: Instruction): string | null {
  const { keyword, pairs, isJson } = instruction
  const words = instruction.arguments
  switch (keyword) {
    case 'FROM':
      return words.length === 1 || (words.length === 3 && words[1]?.text.toLowerCase() === 'as')
        ? null
        : 'FROM requires either one or three arguments'
    case 'COPY':
    case 'ADD':
      if (words.length < 2)
        return `${keyword} requires at least two arguments, but only one was provided. Destination could not be determined`
      return readHeredocWord(words.at(-1)?.text ?? '') === null
        ? null
        : `${keyword} cannot accept a heredoc as a destination`
    case 'MAINTAINER':
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
      return words.length === 1 ? null : `${keyword} requires exactly one argument`
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      if (words.length === 0) return `${keyword} requires at least one argument`
      return pairs.some(pair => pair.key.text === '') ? `${keyword} names can not be blank` : null
    case 'SHELL':
      if (words.length === 0) return 'SHELL requires at least one argument'
      return isJson ? null : 'SHELL requires the arguments to be in JSON form'
    case 'VOLUME':
      if (words.length === 0) return 'VOLUME requires at least one argument'
      return words.some(word => word.text.trim() === '') ? 'VOLUME specified can not be an empty string' : null
    case 'EXPOSE':
    case 'HEALTHCHECK':
      return words.length === 0 ? `${keyword} requires at least one argument` : null
    case 'ONBUILD':
      return instruction.trigger === null ? 'ONBUILD requires at least one argument' : null
    default:
      return null
  }
}
