import type { Analysis } from '../analysis.ts'
import { stageTitle, type GraphEdge, type Stage, type StageId } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { edgeRemoval } from './disconnect.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { renumbered } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { fromInstruction, merged, ownRange, stageById, withoutStage } from './stage-text.ts'

/**
 * Takes a stage away with its own comments. What came from it goes, too: COPY lines and mount flags; stages built on it
 * are built on its base instead.
 */
export function removeStage(analysis: Analysis, stage: StageId): EditOutcome {
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
  const list = merged([
    withoutStage(analysis, removed),
    ...outside(
      analysis,
      removed,
      dependents.flatMap(edge => dependentEdits(analysis, removed, edge)),
    ),
    ...outside(analysis, removed, renumbered(analysis, indexAfterRemoval(removed))),
  ])
  const inputs = analysis.inputs.target?.toLowerCase() === removed.name && removed.name !== '' ? { target: null } : {}
  return withoutSideEffects(analysis, {
    title: `Remove ${stageTitle(removed)}`,
    edits: list,
    warnings: warningsOf(analysis, removed, dependents),
    newIndex: indexAfterRemoval(removed),
    stages: -1,
    // Triggers of the removed stage leave its children, and those of its base may reach them.
    changes: edge => edge.to === stage || dependents.includes(edge) || edge.onbuild,
    ...inputs,
  })
}

/** What removing the stage takes from others, a sentence each. */
export function stageDependents(analysis: Analysis, stage: StageId): readonly string[] {
  const removed = stageById(analysis, stage)
  if (removed === null) return []
  return edgesFrom(analysis, removed).flatMap(edge => {
    const to = stageById(analysis, edge.to)
    return to === null ? [] : [dependence(removed, to, edge)]
  })
}

function dependence(removed: Stage, to: Stage, edge: GraphEdge): string {
  switch (edge.kind) {
    case 'base':
      return `${quoted(to)} is built on ${quoted(removed)} (line ${edge.line}) and would be built on \`${removed.writtenBase}\`.`
    case 'mount':
      return `${quoted(to)} mounts ${quoted(removed)} at \`${edge.destination}\` (line ${edge.line}).`
    case 'copy':
    case 'context':
      return `${quoted(to)} copies ${edge.sources.map(path => `\`${path}\``).join(', ')} from ${quoted(removed)} (line ${edge.line}).`
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

function dependentEdits(analysis: Analysis, removed: Stage, edge: GraphEdge): readonly TextEdit[] {
  if (edge.kind === 'base') return rebased(analysis, removed, edge)
  const removal = edgeRemoval(analysis, edge)
  return removal === null ? [] : [removal]
}

/** The child's FROM takes the removed stage's base, and its platform, which so far it had inherited. */
function rebased(analysis: Analysis, removed: Stage, edge: GraphEdge): readonly TextEdit[] {
  const child = stageById(analysis, edge.to)
  const from = child === null ? null : fromInstruction(analysis, child)
  const word = from?.arguments[0]
  if (from === null || word === undefined) return []
  const inherits = removed.baseSource.kind === 'stage' || from.flags.some(flag => flag.name === 'platform')
  const platform = inherits ? null : removed.platform
  const flag = platform === null ? '' : `--platform=${platform} `
  return [{ ...word.range, insert: flag + removed.writtenBase }]
}

function childBase(analysis: Analysis, edge: GraphEdge): string | null {
  return stageById(analysis, edge.to)?.writtenBase ?? null
}

function outside(analysis: Analysis, removed: Stage, list: readonly TextEdit[]): readonly TextEdit[] {
  const own = ownRange(analysis, removed)
  return list.filter(edit => edit.to <= own.from || edit.from >= own.to)
}

function warningsOf(analysis: Analysis, removed: Stage, dependents: readonly GraphEdge[]): readonly string[] {
  const { stages } = analysis.graph
  const warnings = stageDependents(analysis, removed.id).slice()
  const lost = dependents.some(edge => edge.kind === 'base') && removed.steps.length > 0
  if (lost)
    warnings.push(`What ${quoted(removed)} did (${removed.steps.length} steps) is gone from the stages built on it.`)
  const previous = stages.at(-2)
  if (removed.id === stages.at(-1)?.id && previous !== undefined && analysis.inputs.target === null)
    warnings.push(`${quoted(previous)} is now the last stage: it is what a build without a target makes.`)
  return warnings
}
