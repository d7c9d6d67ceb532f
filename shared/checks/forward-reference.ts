import { goQuote } from '../dockerfile/go-quote.ts'
import { finding, type Check, type Finding } from './check.ts'
import { builtStageName } from './stage-names.ts'

const nothing: readonly never[] = []

/**
 * Copying or mounting from a stage that comes later: refused when the stage is built. FROM a later stage is no
 * reference to it at all, but to an image of its name, which is rarely meant.
 */
export const forwardReference: Check = {
  rule: 'forward-reference',
  links: ({ stage: { isReachable }, references, names }) =>
    references.flatMap((reference): readonly Finding[] => {
      const { source, stage, kind, text, destination, origin, sourceRange } = reference
      if (source.kind !== 'stage' || source.index <= stage) return []
      const message =
        kind === 'mount'
          ? `cannot mount from stage ${goQuote(text)} to ${goQuote(destination)}, stage needs to be defined before current command`
          : `cannot copy from stage ${goQuote(text)}, it needs to be defined before current stage ${goQuote(builtStageName(names, stage))}`
      const severity = isReachable ? 'error' : 'warning'
      return [finding('forward-reference', severity, message, origin, sourceRange ?? undefined)]
    }),
  file: ({ drafts, names }) =>
    drafts.flatMap((draft): readonly Finding[] => {
      const { index, base, baseSource } = draft
      const later = baseSource.kind === 'image' ? drafts[names.last(base) ?? -1] : undefined
      if (later === undefined || later.index <= index) return nothing
      const { from } = draft
      const message = `${base} is taken for an image here: the stage of this name comes only in line ${later.line}. Move it above this FROM to build on it.`
      return [finding('forward-reference', 'warning', message, from, from.arguments[0]?.range)]
    }),
}
