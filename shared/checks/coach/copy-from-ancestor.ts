import { isSamePath } from './paths.ts'
import { coachCheck, stageTitle } from './coach-rule.ts'

/** A copy of a path onto itself, out of a stage that this one stands on. */
export const copyFromAncestor = coachCheck('copy-from-ancestor', {
  links: ({ stage, references }) =>
    references.flatMap(({ kind, giver, onbuild, instruction, sourceRange, sources, destination }) => {
      if (kind !== 'copy' || giver === null || onbuild) return []
      if (!sources.every(path => isSamePath(path, destination))) return []
      let below = stage.built.parent
      while (below !== null && below !== giver.built) below = below.parent
      if (below === null) return []
      const name = stageTitle(giver)
      const message = `This stage stands on ${name}: ${sources.join(' ')} is in it already, unless something removed it.`
      return [{ message, instruction, range: sourceRange ?? undefined }]
    }),
})
