import { readIndex } from '../../graph/references.ts'
import { coachCheck } from './coach-rule.ts'

/** `--from=0` means another stage as soon as one is put before it. */
export const indexInsteadOfName = coachCheck('index-instead-of-name', {
  links: ({ references }) =>
    references.flatMap(({ kind, source, giver, text, onbuild, instruction, sourceRange }) => {
      if (kind !== 'copy' || source.kind !== 'stage' || onbuild || readIndex(text) === null) return []
      const name = giver?.draft.writtenName ?? null
      const advice =
        name === null ? `Name stage ${source.index} with AS, and copy from that name.` : `Its name is ${name}.`
      const message = `--from=${text} counts stages: it means another one as soon as a stage is added before it. ${advice}`
      return [{ message, instruction, range: sourceRange ?? undefined }]
    }),
})
