import { goQuote } from '../dockerfile/go-quote.ts'
import type { Diagnostic } from '../graph/stage-graph.ts'
import { finding, type Check } from './check.ts'
import { builtStageName } from './stage-names.ts'

/**
 * Copying or mounting from a stage that comes later: refused when the stage is built. FROM a later stage is no
 * reference to it at all, but to an image of its name, which is rarely meant.
 */
export const forwardReference: Check = {
  rule: 'forward-reference',
  run: subject => [...laterSources(subject), ...laterBases(subject)],
}

const laterSources: Check['run'] = subject =>
  subject.references.flatMap((reference): Diagnostic[] => {
    const { source, stage, kind, text, destination, origin, sourceRange } = reference
    if (source.kind !== 'stage' || source.index <= stage) return []
    const isBuilt = subject.graph.stages[stage]?.reachable ?? false
    const message =
      kind === 'mount'
        ? `cannot mount from stage ${goQuote(text)} to ${goQuote(destination)}, stage needs to be defined before current command`
        : `cannot copy from stage ${goQuote(text)}, it needs to be defined before current stage ${goQuote(builtStageName(subject, stage))}`
    return [
      finding(subject, 'forward-reference', isBuilt ? 'error' : 'warning', message, origin, sourceRange ?? undefined),
    ]
  })

const laterBases: Check['run'] = subject => {
  const last = new Map(subject.drafts.map(draft => [draft.name, draft]))
  return subject.drafts.flatMap((draft): Diagnostic[] => {
    const later = draft.baseSource.kind === 'image' ? last.get(draft.base) : undefined
    if (later === undefined || later.index <= draft.index) return []
    const message = `${draft.base} is taken for an image here: the stage of this name comes only in line ${later.from.line}. Move it above this FROM to build on it.`
    return [finding(subject, 'forward-reference', 'warning', message, draft.from, draft.from.arguments[0]?.range)]
  })
}
