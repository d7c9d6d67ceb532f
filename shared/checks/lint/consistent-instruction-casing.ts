import type { Instruction } from '../../dockerfile/syntax.ts'
import { lintCheck } from './lint-rule.ts'

/** Instructions from the first FROM on, against what most of them do; as many of both count as upper case. */
export const consistentInstructionCasing = lintCheck({
  rule: 'ConsistentInstructionCasing',
  found: 'reading',
  find: ({ drafts }) => {
    let lower = 0
    let upper = 0
    const odd: Instruction[] = []
    for (const { from, instructions } of drafts)
      for (const instruction of [from, ...instructions]) {
        const { keyword, writtenKeyword } = instruction
        if (writtenKeyword === keyword) upper++
        else {
          if (writtenKeyword === writtenKeyword.toLowerCase()) lower++
          odd.push(instruction)
        }
      }
    const casing = lower > upper ? 'lowercase' : 'uppercase'
    const candidates =
      casing === 'uppercase' ? odd : drafts.flatMap(({ from, instructions }) => [from, ...instructions])
    return candidates.flatMap(instruction => {
      const { writtenKeyword } = instruction
      if (casing === 'lowercase' && writtenKeyword === writtenKeyword.toLowerCase()) return []
      const message = `Command '${writtenKeyword}' should match the case of the command majority (${casing})`
      return [{ message, instruction, range: instruction.keywordRange }]
    })
  },
})
