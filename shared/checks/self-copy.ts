import { finding, type Check } from './check.ts'
import { builtStageName } from './stage-names.ts'

/** A stage that copies or mounts from itself. */
export const selfCopy: Check = {
  rule: 'self-copy',
  run: subject =>
    subject.references.flatMap(({ source, stage, origin, sourceRange }) =>
      source.kind === 'stage' && source.index === stage
        ? [
            finding(
              subject,
              'self-copy',
              'error',
              `circular dependency detected on stage: ${builtStageName(subject, stage)}`,
              origin,
              sourceRange ?? undefined,
            ),
          ]
        : [],
    ),
}
