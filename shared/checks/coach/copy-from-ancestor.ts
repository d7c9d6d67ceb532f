import { isSamePath } from './paths.ts'
import { coachCheck } from './coach-rule.ts'

/** A copy of a path onto itself, out of a stage that this one stands on. */
export const copyFromAncestor = coachCheck('copy-from-ancestor', ({ references, drafts }) =>
  references.flatMap(({ kind, source, stage, onbuild, instruction, sourceRange, sources, destination }) => {
    if (kind !== 'copy' || source.kind !== 'stage' || onbuild) return []
    if (!sources.every(path => isSamePath(path, destination))) return []
    for (let below = drafts[stage]?.baseSource; below?.kind === 'stage'; below = drafts[below.index]?.baseSource) {
      if (below.index !== source.index) continue
      const name = drafts[source.index]?.writtenName ?? `stage ${source.index}`
      const message = `This stage stands on ${name}: ${sources.join(' ')} is in it already, unless something removed it.`
      return [{ message, instruction, range: sourceRange ?? undefined }]
    }
    return []
  }),
)
