import { countLines } from '../../dockerfile/lines.ts'
import { eachInstruction } from '../check.ts'
import { lintCheck } from './lint-rule.ts'

/** Told once for an instruction, at the last of its continued lines. */
export const noEmptyContinuation = lintCheck({
  rule: 'NoEmptyContinuation',
  found: 'reading',
  ...eachInstruction(instruction => {
    const blank = instruction.embedded.find(({ kind }) => kind === 'blank')
    if (blank === undefined) return []
    const [heredoc] = instruction.heredocs
    const to = (heredoc?.body ?? instruction.range).from
    const line =
      heredoc === undefined
        ? instruction.endLine
        : instruction.line + countLines(instruction.raw, 0, to - instruction.range.from) - 1
    return [{ message: 'Empty continuation line', instruction, range: blank.range, line }]
  }),
})
