import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { readIndex } from '../graph/references.ts'
import { copyEdit, pathRefusal, type CopyPaths } from './copy-line.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { imageRefusal } from './stage-names.ts'
import { stageById } from './stage-text.ts'

export interface ImageConnection extends CopyPaths {
  /** Image reference, as BuildKit would pull it. */
  readonly reference: string
  readonly to: StageId
}

/** Writes one `COPY --from` that takes files from an image that is no stage of the file. */
export function connectImage(analysis: Analysis, connection: ImageConnection): EditOutcome {
  const to = stageById(analysis, connection.to)
  if (to === null) return refused('That stage is no longer in the file.')
  const reference = connection.reference.trim()
  const reason = imageRefusal(analysis, reference) ?? copySourceRefusal(analysis, reference) ?? pathRefusal(connection)
  if (reason !== null) return refused(reason)
  return withoutSideEffects(analysis, {
    title: `Connect ${reference} → ${stageTitle(to)}`,
    edits: [copyEdit(analysis, to, reference, connection)],
    wanted: (edge, indexOf) =>
      edge.kind === 'copy' &&
      indexOf(edge.to) === to.index &&
      edge.from.kind !== 'stage' &&
      edge.destination === connection.destination.trim(),
  })
}

/** Why `--from=` would not mean an image of that reference, or null. */
export function copySourceRefusal(analysis: Analysis, reference: string): string | null {
  const stage = analysis.graph.stages.find(each => each.name === reference.toLowerCase())
  if (stage !== undefined)
    return `\`${reference}\` is the stage on line ${stage.startLine}, not an image: connect that stage instead.`
  if (readIndex(reference) !== null) return `\`--from=${reference}\` means the stage of that index, not an image.`
  if (reference.includes('$'))
    return `BuildKit does not expand variables in --from: make a stage of \`${reference}\` and copy from that.`
  if (reference.includes('"') || reference.includes("'")) return `\`${reference}\` is no image reference.`
  return null
}
