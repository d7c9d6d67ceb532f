import { lineAt } from '../../dockerfile/lines.ts'
import { lintCheck } from './lint-rule.ts'

/** Told once for an instruction, at the last of its continued lines. */
export const noEmptyContinuation = lintCheck({
  rule: 'NoEmptyContinuation',
  found: 'reading',
  find: ({ file }) =>
    file.instructions.flatMap(instruction => {
      const blank = instruction.embedded.find(({ kind }) => kind === 'blank')
      if (blank === undefined) return []
      const [heredoc] = instruction.heredocs
      const line = heredoc === undefined ? instruction.endLine : lineAt(file.lineStarts, heredoc.body.from) - 1
      return [{ message: 'Empty continuation line', instruction, range: blank.range, line }]
    }),
})
