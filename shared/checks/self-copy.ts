import { finding, type Check } from './check.ts'
import { builtStageName } from './stage-names.ts'

/** A stage that copies or mounts from itself. */
export const selfCopy: Check = {
  rule: 'self-copy',
  links: ({ references, names }) =>
    references.flatMap(({ source, stage, origin, sourceRange }) => {
      if (source.kind !== 'stage' || source.index !== stage) return []
      const message = `circular dependency detected on stage: ${builtStageName(names, stage)}`
      return [finding('self-copy', 'error', message, origin, sourceRange ?? undefined)]
    }),
}
