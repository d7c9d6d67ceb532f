import { coachCheck } from './coach-rule.ts'

/** A stage with a name may be some build's target; one without, that nothing refers to, is never built. */
export const unusedStage = coachCheck('unused-stage', ({ references, drafts }) => {
  const used = new Set<number>()
  for (const { baseSource } of drafts) if (baseSource.kind === 'stage') used.add(baseSource.index)
  for (const { source } of references) if (source.kind === 'stage') used.add(source.index)
  return drafts.slice(0, -1).flatMap(({ index, name, from }) => {
    if (name !== '' || used.has(index)) return []
    const message = `No stage uses stage ${index}, and without a name it cannot be a target: it is never built.`
    return [{ message, instruction: from }]
  })
})
