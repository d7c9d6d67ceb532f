import type { StageDraft } from '../../graph/stage-drafts.ts'
import { coachCheck } from './coach-rule.ts'

/**
 * Copying `/` of a stage that a command ran in onto another system mixes the two. Images made to be laid over others, and
 * one layer made of all into an empty stage, are meant.
 */
export const wholeFilesystemCopy = coachCheck('whole-filesystem-copy', ({ references, drafts }) =>
  references.flatMap(({ kind, source, stage, onbuild, instruction, sources, destination }) => {
    if (kind !== 'copy' || source.kind !== 'stage' || onbuild || !sources.includes('/') || destination !== '/')
      return []
    if (drafts[stage]?.baseSource.kind === 'scratch') return []
    if (!isWholeSystem(drafts, source.index)) return []
    const name = drafts[source.index]?.writtenName ?? `stage ${source.index}`
    const message = `This copies the whole file system of ${name}, its base image among it, over this stage's own. Name the paths that are needed.`
    return [{ message, instruction, range: instruction.arguments[0]?.range }]
  }),
)

/** Whether an image lies below the stage, and something ran there or in a stage between. */
function isWholeSystem(drafts: readonly StageDraft[], index: number): boolean {
  let ran = false
  let draft = drafts[index]
  for (; draft?.baseSource.kind === 'stage'; draft = drafts[draft.baseSource.index]) ran ||= runsSomething(draft)
  return draft?.baseSource.kind === 'image' && (ran || runsSomething(draft))
}

function runsSomething({ instructions }: StageDraft): boolean {
  return instructions.some(({ keyword }) => keyword === 'RUN')
}
