import type { Instruction } from '../../dockerfile/syntax.ts'
import { allOf, type CheckedStage } from '../check.ts'
import { lintCheck } from './lint-rule.ts'

/** Instructions from the first FROM on, against what most of them do; as many of both count as upper case. */
export const consistentInstructionCasing = lintCheck({
  rule: 'ConsistentInstructionCasing',
  found: 'reading',
  file: ({ drafts, stages }) => {
    let lower = 0
    let upper = 0
    let others = 0
    for (const stage of stages) {
      const counts = casings(stage)
      lower += counts.lower
      upper += counts.upper
      others += counts.others
    }
    const casing = lower > upper ? 'lowercase' : 'uppercase'
    if ((casing === 'lowercase' ? upper : lower) + others === 0) return []
    const isOdd = casing === 'lowercase' ? isNotLower : isNotUpper
    return drafts.flatMap(({ from, instructions }) =>
      [from, ...instructions].filter(isOdd).map(instruction => ({
        message: `Command '${instruction.writtenKeyword}' should match the case of the command majority (${casing})`,
        instruction,
        range: instruction.keywordRange,
      })),
    )
  },
})

interface Casings {
  readonly lower: number
  readonly upper: number
  readonly others: number
}

const known = new WeakMap<object, Casings>()

function casings(stage: CheckedStage): Casings {
  const { written } = stage.draft
  let counts = known.get(written)
  if (counts === undefined) {
    const all = allOf(stage)
    const lower = all.filter(each => isNotUpper(each) && !isNotLower(each)).length
    const upper = all.filter(each => !isNotUpper(each)).length
    counts = { lower, upper, others: all.length - lower - upper }
    known.set(written, counts)
  }
  return counts
}

function isNotUpper({ keyword, writtenKeyword }: Instruction): boolean {
  return writtenKeyword !== keyword
}

function isNotLower({ writtenKeyword }: Instruction): boolean {
  return writtenKeyword !== writtenKeyword.toLowerCase()
}
