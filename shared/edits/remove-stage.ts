import type { Analysis } from '../analysis.ts'
import { stageTitle, type GraphEdge, type Stage, type StageId } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { copySourceRefusal } from './connect-image.ts'
import { edgeRemoval } from './disconnect.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { referencesTo, renumbered, type Reference } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { baseReference, copyReference, quoted } from './stage-names.ts'
import { merged, ownRange, stageById, withoutStage } from './stage-text.ts'
import { imageTriggerRefusal } from './written-edge.ts'

/** What those take from that took from a stage that goes. */
export type Replacement =
  /** Nothing: COPY lines and mount flags go, too. */
  | { readonly kind: 'none' }
  /** What the stage itself was built on. */
  | { readonly kind: 'parent' }
  /** Another stage, which must stand above them; stages built on the one that goes are built on it, too. */
  | { readonly kind: 'stage'; readonly stage: StageId }

export const disconnected: Replacement = { kind: 'none' }

/**
 * Takes a stage away with its own comments. What came from it goes, too, or comes from the replacement. Stages built on
 * it are built on its base unless the replacement is a stage.
 */
export function removeStage(analysis: Analysis, stage: StageId, replacement: Replacement = disconnected): EditOutcome {
  const removed = stageById(analysis, stage)
  if (removed === null) return refused('That stage is no longer in the file.')
  const { stages } = analysis.graph
  if (stages.length === 1) return refused(`${quoted(removed)} is the only stage: a Dockerfile needs one.`)
  const dependents = edgesFrom(analysis, removed)
  const variable = dependents.find(edge => edge.kind === 'base' && childBase(analysis, edge)?.includes('$') === true)
  if (variable !== undefined)
    return refused(
      `Line ${variable.line} is built FROM ${quoted(removed)} through a variable: write another base there first.`,
    )
  for (const edge of dependents) {
    const reason = imageTriggerRefusal(analysis, edge)
    if (reason !== null) return refused(reason)
  }
  const children = dependents.flatMap(({ kind, to }) => (kind === 'base' ? [to] : []))
  const newIndex = indexAfterRemoval(removed)
  const changes = dependentEdits(analysis, removed, dependents, replacement)
  if (changes.kind === 'refused') return changes
  const list = merged([
    withoutStage(analysis, removed),
    ...outside(analysis, removed, [...changes.edits, ...renumbered(analysis, newIndex)]),
  ])
  const inputs = analysis.inputs.target?.toLowerCase() === removed.name && removed.name !== '' ? { target: null } : {}
  return withoutSideEffects(analysis, {
    title: `Remove ${stageTitle(removed)}`,
    edits: list,
    warnings: warningsOf(analysis, removed, dependents, replacement),
    newIndex,
    stages: -1,
    // Triggers of the removed stage leave its children, and those of its base may reach them.
    changes: edge => edge.to === stage || dependents.includes(edge) || (edge.onbuild && children.includes(edge.to)),
    ...inputs,
  })
}

/** What removing stages changes for the others, a sentence each. */
export function stageDependents(
  analysis: Analysis,
  removed: StageId | readonly StageId[],
  replacement: Replacement = disconnected,
): readonly string[] {
  const ids = typeof removed === 'string' ? [removed] : removed
  return ids.flatMap(id => {
    const stage = stageById(analysis, id)
    if (stage === null) return []
    return edgesFrom(analysis, stage).flatMap(edge => {
      const to = stageById(analysis, edge.to)
      return to === null || ids.includes(to.id) ? [] : [dependence(analysis, stage, to, edge, replacement)]
    })
  })
}

function dependence(analysis: Analysis, removed: Stage, to: Stage, edge: GraphEdge, replacement: Replacement): string {
  const other = replacement.kind === 'stage' ? stageById(analysis, replacement.stage) : null
  const instead = other === null ? `\`${removed.writtenBase}\`` : quoted(other)
  const end = replacement.kind === 'none' ? '.' : ` and would take that from ${instead}.`
  switch (edge.kind) {
    case 'base':
      return `${quoted(to)} is built on ${quoted(removed)} (line ${edge.line}) and would be built on ${instead}.`
    case 'mount':
      return `${quoted(to)} mounts ${quoted(removed)} at \`${edge.destination}\` (line ${edge.line})${end}`
    case 'copy':
    case 'context':
      return `${quoted(to)} copies ${edge.sources.map(path => `\`${path}\``).join(', ')} from ${quoted(removed)} (line ${edge.line})${end}`
  }
}

/** Edges that other stages have from it. */
function edgesFrom(analysis: Analysis, stage: Stage): readonly GraphEdge[] {
  return analysis.graph.edges.filter(
    edge => edge.from.kind === 'stage' && edge.from.stage === stage.id && edge.to !== stage.id,
  )
}

function indexAfterRemoval(removed: Stage): (index: number) => number | null {
  return index => (index === removed.index ? null : index > removed.index ? index - 1 : index)
}

type DependentEdits =
  Extract<EditOutcome, { kind: 'refused' }> | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }

function dependentEdits(
  analysis: Analysis,
  removed: Stage,
  dependents: readonly GraphEdge[],
  replacement: Replacement,
): DependentEdits {
  const list: TextEdit[] = []
  for (const reference of referencesTo(analysis, removed.id)) {
    const edges = reference.edges.filter(edge => dependents.includes(edge))
    const [edge] = edges
    if (edge === undefined) continue
    if (replacement.kind === 'none' && reference.kind !== 'base') {
      const removal = edgeRemoval(analysis, edge)
      if (removal !== null) list.push(removal)
      continue
    }
    for (const { to } of edges) {
      const reason = replacementRefusal(analysis, to, replacement)
      if (reason !== null) return { kind: 'refused', reason }
    }
    const word = replacementWord(analysis, removed, reference, edge, replacement)
    if (word.kind === 'refused') return word
    list.push({ ...reference.range, insert: word.text })
  }
  return { kind: 'edits', edits: list }
}

/** Why the stage cannot take from the replacement, or null. */
function replacementRefusal(analysis: Analysis, user: StageId, replacement: Replacement): string | null {
  if (replacement.kind !== 'stage') return null
  const to = stageById(analysis, user)
  const from = stageById(analysis, replacement.stage)
  if (from === null || to === null) return 'That stage is no longer in the file.'
  if (from.id === to.id) return `${quoted(from)} itself takes from the stage that goes: choose another one.`
  return from.index > to.index
    ? `${quoted(from)} stands below ${quoted(to)}, which would need it: move it up first.`
    : null
}

type Word = Extract<EditOutcome, { kind: 'refused' }> | { readonly kind: 'word'; readonly text: string }

/** What has to stand where the removed stage was named. */
function replacementWord(
  analysis: Analysis,
  removed: Stage,
  reference: Reference,
  edge: GraphEdge,
  replacement: Replacement,
): Word {
  const refusal = (reason: string): Word => ({ kind: 'refused', reason })
  const { baseSource } = removed
  const id = replacement.kind === 'stage' ? replacement.stage : baseSource.kind === 'stage' ? baseSource.stage : null
  const other = id === null ? null : stageById(analysis, id)
  if (other?.id === removed.id) return refusal(`${quoted(removed)} cannot take its own place: choose another stage.`)
  if (reference.kind === 'base') {
    // The child had its platform through the stage.
    const child = stageById(analysis, edge.to)
    if (replacement.kind !== 'stage')
      return { kind: 'word', text: inheritedPlatform(removed, reference.instruction) + removed.writtenBase }
    const text = other === null || child === null ? null : baseReference(analysis, other, child.index)
    return text === null
      ? refusal(`Line ${edge.line} cannot be built on that stage, which has no name of its own: name it first.`)
      : { kind: 'word', text }
  }
  if (other !== null) {
    const text = copyReference(analysis, other, indexAfterRemoval(removed)(other.index) ?? other.index)
    return reference.kind === 'mount' && text !== other.writtenName
      ? refusal(`A mount takes from a stage by its name only, and ${quoted(other)} has none of its own: name it first.`)
      : { kind: 'word', text }
  }
  // Its own name is free afterwards.
  const image = removed.writtenBase
  const reason = image.toLowerCase() === removed.name ? null : copySourceRefusal(analysis, image)
  return reason === null ? { kind: 'word', text: image } : refusal(reason)
}

/** The platform that a child's FROM takes over with the base. */
function inheritedPlatform(removed: Stage, from: Instruction): string {
  const inherits = removed.baseSource.kind === 'stage' || from.flags.some(flag => flag.name === 'platform')
  return inherits || removed.platform === null ? '' : `--platform=${removed.platform} `
}

function childBase(analysis: Analysis, edge: GraphEdge): string | null {
  return stageById(analysis, edge.to)?.writtenBase ?? null
}

function outside(analysis: Analysis, removed: Stage, list: readonly TextEdit[]): readonly TextEdit[] {
  const own = ownRange(analysis, removed)
  return list.filter(edit => edit.to <= own.from || edit.from >= own.to)
}

function warningsOf(
  analysis: Analysis,
  removed: Stage,
  dependents: readonly GraphEdge[],
  replacement: Replacement,
): readonly string[] {
  const { stages } = analysis.graph
  const warnings = stageDependents(analysis, removed.id, replacement).slice()
  const lost = dependents.some(edge => edge.kind === 'base') && removed.steps.length > 0
  const copied = dependents.some(edge => edge.kind !== 'base')
  if (lost)
    warnings.push(`What ${quoted(removed)} did (${removed.steps.length} steps) is gone from the stages built on it.`)
  if (copied && replacement.kind === 'parent' && removed.platform !== null)
    warnings.push(`${quoted(removed)} chose the platform \`${removed.platform}\`, which \`--from\` cannot.`)
  const previous = stages.at(-2)
  if (removed.id === stages.at(-1)?.id && previous !== undefined && analysis.inputs.target === null)
    warnings.push(`${quoted(previous)} is now the last stage: it is what a build without a target makes.`)
  return warnings
}
