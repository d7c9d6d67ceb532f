import { isKeyword, keywords } from '../dockerfile/keywords.ts'
import { instructionCheck } from './check.ts'
import { suggestion } from './suggest.ts'

export const unknownInstruction = instructionCheck('unknown-instruction', instruction => {
  const { keyword, writtenKeyword } = instruction
  if (isKeyword(keyword)) return null
  // The suggestion is written as the word is: `wrkdir` wants `workdir`.
  const isLower = writtenKeyword === writtenKeyword.toLowerCase()
  const options = isLower ? keywords.map(option => option.toLowerCase()) : keywords
  const near = suggestion(isLower ? writtenKeyword : keyword, options)
  return { message: `unknown instruction: ${writtenKeyword}${near}`, range: instruction.keywordRange }
})
