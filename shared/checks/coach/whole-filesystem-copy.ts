import type { BuiltStage } from '../../graph/environment.ts'
import { coachCheck, stageTitle } from './coach-rule.ts'

/**
 * Copying `/` of a stage that a command ran in onto another system mixes the two. Images made to be laid over others, and
 * one layer made of all into an empty stage, are meant.
 */
export const wholeFilesystemCopy = coachCheck('whole-filesystem-copy', {
  links: ({ stage, references }) =>
    references.flatMap(({ kind, giver, onbuild, instruction, sources, destination }) => {
      if (kind !== 'copy' || giver === null || onbuild || !sources.includes('/') || destination !== '/') return []
      if (stage.draft.baseSource.kind === 'scratch' || !isWholeSystem(giver.built)) return []
      const message = `This copies the whole file system of ${stageTitle(giver)}, its base image among it, over this stage's own. Name the paths that are needed.`
      return [{ message, instruction, range: instruction.arguments[0]?.range }]
    }),
})

/** Whether an image lies below the stage, and something ran there or in a stage between. */
function isWholeSystem(stage: BuiltStage): boolean {
  let ran = false
  let lowest = stage
  for (let at: BuiltStage | null = stage; at !== null; at = at.parent) {
    ran ||= at.draft.instructions.some(({ keyword }) => keyword === 'RUN')
    lowest = at
  }
  return ran && lowest.draft.baseSource.kind === 'image'
}
