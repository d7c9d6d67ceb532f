import type { Analysis } from '../analysis.ts'
import { readIndex } from '../graph/references.ts'
import { stageTitle, type EdgeId, type GraphEdge, type Stage } from '../graph/stage-graph.ts'
import { edits, refused, type EditOutcome, type Refusal } from './edit-outcome.ts'
import { makerOf, referencesOf, type Reference } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { copyReference, quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/** Writes the name of a stage where a COPY takes from it by its index. */
export function indexToName(analysis: Analysis, edge: EdgeId): EditOutcome {
  const found = stageReference(analysis, edge)
  if (found.kind === 'refused') return found
  const { stage, reference } = found
  const title = `Refer to ${stageTitle(stage)} by its name`
  if (readIndex(reference.value) === null) return edits(title, [])
  if (stage.writtenName === null) return refused(`${quoted(stage)} has no name: name it first.`)
  const name = copyReference(analysis, stage)
  if (name !== stage.writtenName)
    return refused(`--from=${stage.writtenName} would mean another stage than the one on line ${stage.startLine}.`)
  return rewritten(analysis, title, reference, name)
}

/** Writes the index of a stage where a COPY takes from it by its name. */
export function nameToIndex(analysis: Analysis, edge: EdgeId): EditOutcome {
  const found = stageReference(analysis, edge)
  if (found.kind === 'refused') return found
  const { stage, reference } = found
  const title = `Refer to ${stageTitle(stage)} by its index`
  if (readIndex(reference.value) !== null) return edits(title, [])
  return rewritten(analysis, title, reference, String(stage.index))
}

function rewritten(analysis: Analysis, title: string, reference: Reference, text: string): EditOutcome {
  return withoutSideEffects(analysis, { title, edits: [{ ...reference.range, insert: text }] })
}

type StageReference = { readonly kind: 'found'; readonly stage: Stage; readonly reference: Reference } | Refusal

function stageReference(analysis: Analysis, id: EdgeId): StageReference {
  const edge = writtenEdge(analysis, id)
  if (edge.kind === 'refused') return edge
  if (edge.kind !== 'copy') return { kind: 'refused', reason: onlyCopies(edge) }
  const stage = edge.from.kind === 'stage' ? stageById(analysis, edge.from.stage) : null
  if (stage === null) return { kind: 'refused', reason: `Line ${edge.line} copies from no stage of this file.` }
  const maker = makerOf(analysis, edge)
  const reference = referencesOf(analysis).find(each => each.instruction === maker && each.kind === 'copy')
  if (reference === undefined) return { kind: 'refused', reason: `Line ${edge.line} cannot be read: correct it first.` }
  return { kind: 'found', stage, reference }
}

function onlyCopies(edge: GraphEdge): string {
  return `Only COPY --from knows stages by their index, and line ${edge.line} is a ${edge.keyword}${edge.keyword === 'COPY' ? ' of the build context' : ''}.`
}
