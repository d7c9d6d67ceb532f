import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { copySourceRefusal } from './connect-image.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { referencesTo, renumbered } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { stageById, withoutStage } from './stage-text.ts'

/** Takes away a stage that is nothing but an image; what copies or mounts from it names the image itself. */
export function inlineImage(analysis: Analysis, stage: StageId): EditOutcome {
  const removed = stageById(analysis, stage)
  if (removed === null) return refused('That stage is no longer in the file.')
  const reason = (because: string) =>
    refused(`${quoted(removed)} ${because}, so \`--from\` cannot name an image instead.`)
  if (removed.baseSource.kind !== 'image') return reason('is built on no image')
  if (removed.steps.length > 0) return reason(`does more than its image (${removed.steps.length} steps)`)
  if (removed.platform !== null) return reason('chooses a platform')
  if (removed.writtenBase.includes('$')) return reason('takes its image from a variable')
  if (removed.id === analysis.graph.target) return reason('is what a build makes')
  const references = referencesTo(analysis, stage)
  const child = references.find(reference => reference.kind === 'base')
  if (child !== undefined) return reason(`is what line ${child.instruction.line} is built on`)
  if (references.length === 0) return refused(`Nothing takes from ${quoted(removed)}: remove it instead.`)
  const image = removed.writtenBase
  // Its own name is free afterwards.
  const clash = image.toLowerCase() === removed.name ? null : copySourceRefusal(analysis, image)
  if (clash !== null) return refused(clash)
  const newIndex = (index: number) => (index === removed.index ? null : index > removed.index ? index - 1 : index)
  const moved = references.flatMap(reference => reference.edges)
  return withoutSideEffects(analysis, {
    title: `Take from ${image} instead of ${stageTitle(removed)}`,
    edits: [
      withoutStage(analysis, removed),
      ...references.map(reference => ({ ...reference.range, insert: image })),
      ...renumbered(analysis, newIndex),
    ],
    newIndex,
    stages: -1,
    changes: edge => moved.includes(edge),
    wanted: edge => edge.kind !== 'base' && edge.from.kind === 'image' && edge.from.reference === image,
  })
}
