import type { Analysis } from '../analysis.ts'
import { stageTitle, type GraphEdge, type Stage, type StageId } from '../graph/stage-graph.ts'
import { readIndex } from '../graph/references.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf } from './habits.ts'
import { referencesOf, referencesTo, type Reference } from './references.ts'
import { nameInDescription } from './set-description.ts'
import { withoutSideEffects } from './side-effects.ts'
import { nameEdit, nameRefusal, quoted } from './stage-names.ts'
import { stageById } from './stage-text.ts'

/**
 * Gives a stage another name, or its first one, and lets every reference by name follow: FROM, COPY --from, mounts and
 * what ONBUILD stores; so does the line that describes the stage. References by index stay. An empty name takes the name away. Refuses a name that would capture
 * what means an image elsewhere.
 */
export function renameStage(analysis: Analysis, stage: StageId, name: string): EditOutcome {
  const renamed = stageById(analysis, stage)
  if (renamed === null) return refused('That stage is no longer in the file.')
  const newName = name.trim()
  if (newName === (renamed.writtenName ?? '')) return edits(`Rename ${stageTitle(renamed)}`, [])
  const byName = referencesByName(analysis, renamed)
  const reason = newName === '' ? unnameRefusal(renamed, byName) : nameRefusal(analysis, newName, renamed)
  if (reason !== null) return refused(reason)
  const variable = byName.find(reference => reference.value.includes('$'))
  if (variable !== undefined)
    return refused(
      `Line ${variable.instruction.line} reaches ${quoted(renamed)} through a variable (\`${variable.value}\`): write the name there first.`,
    )
  const captured = newName === '' ? null : captureRefusal(analysis, renamed, newName)
  if (captured !== null) return refused(captured)
  const described = newName === '' ? null : nameInDescription(analysis, renamed)
  const follows = [...byName.map(({ range }) => range), ...(described === null ? [] : [described])].map(range => ({
    ...range,
    insert: newName,
  }))
  const meant = renamed.name !== '' && analysis.inputs.target?.toLowerCase() === renamed.name
  return withoutSideEffects(analysis, {
    title: titleOf(renamed, newName),
    edits: [nameEdit(analysis, renamed, newName, habitsOf(analysis)), ...follows],
    warnings: [...variableWarnings(analysis, renamed), ...triggerWarnings(byName)],
    ...(meant ? { target: newName === '' ? null : newName } : {}),
  })
}

function titleOf(stage: Stage, newName: string): string {
  if (newName === '') return `Take the name from ${stageTitle(stage)}`
  return stage.writtenName === null
    ? `Name ${stageTitle(stage)} ${newName}`
    : `Rename ${stageTitle(stage)} to ${newName}`
}

/** References that mean the stage by its name, and triggers that name it though no stage of this file sets them off. */
function referencesByName(analysis: Analysis, stage: Stage): readonly Reference[] {
  const names = (reference: Reference) => reference.kind !== 'copy' || readIndex(reference.value) === null
  const dormant = referencesOf(analysis).filter(
    reference =>
      reference.instruction.trigger !== null &&
      reference.edges.length === 0 &&
      stage.name !== '' &&
      reference.value.toLowerCase() === stage.name,
  )
  return [...referencesTo(analysis, stage.id).filter(names), ...dormant]
}

function unnameRefusal(stage: Stage, byName: readonly Reference[]): string | null {
  const [first] = byName
  if (first === undefined) return null
  const lines = [...new Set(byName.map(reference => reference.instruction.line))].join(', ')
  return `${quoted(stage)} is used by its name (line ${lines}): give it another name instead of none.`
}

/** Why the new name would take over what means something else now, or null. */
function captureRefusal(analysis: Analysis, stage: Stage, newName: string): string | null {
  const captured = analysis.graph.edges.find(edge => wouldMean(edge, newName, stage, analysis))
  if (captured === undefined) return null
  return `\`${newName}\` is the image that line ${captured.line} takes from, which would then mean this stage: choose another name.`
}

function wouldMean(edge: GraphEdge, newName: string, stage: Stage, analysis: Analysis): boolean {
  if (edge.from.kind !== 'image') return false
  if (edge.kind !== 'base') return edge.from.reference.toLowerCase() === newName
  const to = stageById(analysis, edge.to)
  return edge.from.reference === newName && to !== null && to.index > stage.index
}

/** A FROM with a variable may mean the stage for other build arguments than the present ones. */
function variableWarnings(analysis: Analysis, stage: Stage): readonly string[] {
  if (stage.name === '') return []
  return referencesOf(analysis).flatMap(reference =>
    reference.kind === 'base' && reference.value.includes('$') && mayExpandTo(reference.value, stage.name)
      ? [
          `Line ${reference.instruction.line} takes its base from a variable (\`${reference.value}\`), which may stand for ${quoted(stage)} with other build arguments.`,
        ]
      : [],
  )
}

/** Whether the text around the first and after the last variable fits the name, and says something. */
function mayExpandTo(value: string, name: string): boolean {
  const start = value.slice(0, value.indexOf('$'))
  const close = value.lastIndexOf('}')
  const end = close < 0 ? '' : value.slice(close + 1)
  if (start === '' && end === '') return false
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end)
}

function triggerWarnings(byName: readonly Reference[]): readonly string[] {
  return byName.flatMap(reference =>
    reference.edges.length === 0
      ? [
          `Line ${reference.instruction.line} is renamed too, though no stage here sets it off: Dockerfiles that build on the image must follow.`,
        ]
      : [],
  )
}
