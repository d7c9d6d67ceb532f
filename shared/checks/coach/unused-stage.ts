import { coachCheck } from './coach-rule.ts'

/** A stage with a name may be some build's target; one without, that nothing refers to, is never built. */
export const unusedStage = coachCheck('unused-stage', {
  file: ({ reads, drafts, stages }) => {
    const candidates = drafts.slice(0, -1).filter(({ name, index }) => name === '' && stages[index]?.isParent !== true)
    if (candidates.length === 0) return []
    const used = new Set<number>()
    for (const { resolved } of reads)
      for (const { source } of resolved) if (source.kind === 'stage') used.add(source.index)
    return candidates.flatMap(({ index, from }) => {
      if (used.has(index)) return []
      const message = `No stage uses stage ${index}, and without a name it cannot be a target: it is never built.`
      return [{ message, instruction: from }]
    })
  },
})
