import type { Analysis } from '../analysis.ts'
import type { EdgeId, GraphEdge } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { stageLine } from './add-stage.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf } from './habits.ts'
import { referencesOf, renumbered } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { nameForImage, nameRefusal } from './stage-names.ts'
import { stageById, withStage } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/**
 * Makes a named stage of an image that a COPY or a mount takes from, above the first stage that does so; every COPY and
 * mount of that image takes from the stage instead. Null lets the image give the name.
 */
export function extractImage(analysis: Analysis, edge: EdgeId, name: string | null = null): EditOutcome {
  const found = writtenEdge(analysis, edge)
  if (found.kind === 'refused') return found
  if (found.from.kind !== 'image' || found.kind === 'base')
    return refused(`Line ${found.line} copies or mounts nothing from an image.`)
  return stageForReference(analysis, found, found.from.reference, name, [])
}

/** A stage FROM what the edge's text says, for everything that is not a base and says the same. */
export function stageForReference(
  analysis: Analysis,
  edge: GraphEdge,
  text: string,
  name: string | null,
  first: readonly TextEdit[],
): EditOutcome {
  const { stages } = analysis.graph
  const references = referencesOf(analysis).filter(
    each => each.kind !== 'base' && each.value === text && each.edges.some(({ from }) => from.kind === edge.from.kind),
  )
  const moved = references.flatMap(each => each.edges)
  const index = Math.min(...moved.map(each => stageById(analysis, each.to)?.index ?? stages.length))
  const newName = name?.trim() ?? nameForImage(analysis, text)
  const reason = nameRefusal(analysis, newName, null)
  if (reason !== null) return refused(reason)
  const habits = habitsOf(analysis)
  const newIndex = (old: number) => (old >= index ? old + 1 : old)
  return withoutSideEffects(analysis, {
    title: `Make a stage of ${text}`,
    edits: [
      ...joined(first, withStage(analysis, stageLine(habits, text, newName), stages[index] ?? null, habits)),
      ...references.map(each => ({ ...each.range, insert: newName })),
      ...renumbered(analysis, newIndex),
    ],
    newIndex,
    stages: 1,
    changes: each => moved.includes(each),
    wanted: (each, indexOf) =>
      each.kind === edge.kind && each.from.kind === 'stage' && indexOf(each.from.stage) === index,
  })
}

/** Insertions at one place, in this order, are one. */
export function joined(first: readonly TextEdit[], then: TextEdit): readonly TextEdit[] {
  const there = first.filter(edit => edit.from === then.from).map(edit => edit.insert)
  return [...first.filter(edit => edit.from !== then.from), { ...then, insert: there.join('') + then.insert }]
}
