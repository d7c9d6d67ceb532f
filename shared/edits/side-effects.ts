import { analyze, type Analysis, type BuildInputs } from '../analysis.ts'
import { stageTitle, type EdgeSource, type GraphEdge, type StageId } from '../graph/stage-graph.ts'
import { applyEdits, mapThrough, type TextEdit } from '../text/text-edit.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { imageTriggerRefusal } from './written-edge.ts'

/** What a gesture is meant to change; nothing else of the graph may change with it. */
export interface Intent {
  readonly title: string
  readonly edits: readonly TextEdit[]
  readonly warnings?: readonly string[]
  /** Position of each stage afterwards, by its position before; null for one that is removed. Default: as before. */
  readonly newIndex?: (index: number) => number | null
  /** How many stages there are more or fewer. */
  readonly stages?: number
  /** Edges that the gesture is there to change or take away. */
  readonly changes?: (edge: GraphEdge) => boolean
  /** The edge asked for, from and to as positions afterwards; its absence is a refusal. */
  readonly wanted?: (edge: GraphEdge, indexOf: (stage: StageId) => number) => boolean
  /** Name by which the target is called afterwards. */
  readonly target?: string | null
}

/**
 * The edits, or a refusal where they would do more than asked: another reference would change its meaning, or a text
 * without errors would get one. Reads the text as it would be, so that no rule of the language is written down twice.
 */
export function withoutSideEffects(analysis: Analysis, intent: Intent): EditOutcome {
  const inputs: BuildInputs =
    intent.target === undefined ? analysis.inputs : { ...analysis.inputs, target: intent.target }
  const mapOffset = mapThrough(intent.edits)
  const after = analyze(applyEdits(analysis.file.text, intent.edits), inputs, { analysis, mapOffset })
  const expected = analysis.graph.stages.length + (intent.stages ?? 0)
  if (after.graph.stages.length !== expected)
    return refused('The text around there cannot be read as instructions: correct it first.')
  const reason = changedReference(analysis, after, intent) ?? introducedError(analysis, after)
  if (reason !== null) return refused(reason)
  const indexOf = indexes(after)
  if (intent.wanted !== undefined && !after.graph.edges.some(edge => intent.wanted?.(edge, indexOf)))
    return refused('The text around there cannot be read as instructions: correct it first.')
  return edits(intent.title, intent.edits, intent.warnings)
}

function introducedError(before: Analysis, after: Analysis): string | null {
  if (before.diagnostics.some(diagnostic => diagnostic.severity === 'error')) return null
  const error = after.diagnostics.find(diagnostic => diagnostic.severity === 'error')
  if (error === undefined) return null
  return `That would leave an error on line ${error.line}: ${error.message}${error.message.endsWith('.') ? '' : '.'}`
}

function changedReference(before: Analysis, after: Analysis, intent: Intent): string | null {
  const indexBefore = indexes(before)
  const indexAfter = indexes(after)
  const newIndex = intent.newIndex ?? (index => index)
  const found = new Map<string, number>()
  for (const edge of after.graph.edges) {
    const key = keyOf(edge, indexAfter(edge.to), edge.from.kind === 'stage' ? indexAfter(edge.from.stage) : -1)
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  for (const edge of before.graph.edges) {
    if (intent.changes?.(edge)) continue
    const to = newIndex(indexBefore(edge.to))
    const from = edge.from.kind === 'stage' ? newIndex(indexBefore(edge.from.stage)) : -1
    if (to === null) continue
    const key = from === null ? '' : keyOf(edge, to, from)
    const count = found.get(key) ?? 0
    if (count === 0)
      return (
        imageTriggerRefusal(before, edge) ??
        `Line ${edge.line} takes from ${sourceTitle(before, edge.from)} and would no longer do so.`
      )
    found.set(key, count - 1)
  }
  return null
}

/** Two edges with one key mean the same. Unresolved texts may be numbers that moved along. */
function keyOf(edge: GraphEdge, to: number, fromStage: number): string {
  return [edge.kind, String(to), sourceKey(edge.from, fromStage), edge.destination, ...edge.sources].join('\n')
}

function sourceKey(source: EdgeSource, stage: number): string {
  switch (source.kind) {
    case 'stage':
      return `stage ${stage}`
    case 'image':
      return `image ${source.reference}`
    case 'context':
      return `context ${source.name}`
    case 'scratch':
    case 'unresolved':
      return source.kind
  }
}

function sourceTitle(analysis: Analysis, source: EdgeSource): string {
  switch (source.kind) {
    case 'stage': {
      const stage = analysis.graph.stages.find(each => each.id === source.stage)
      return stage === undefined ? 'a stage' : `the stage ${stageTitle(stage)}`
    }
    case 'image':
      return `the image \`${source.reference}\``
    case 'context':
      return source.name === '' ? 'the build context' : `the build context \`${source.name}\``
    case 'scratch':
      return 'the empty base `scratch`'
    case 'unresolved':
      return `\`${source.text}\``
  }
}

function indexes(analysis: Analysis): (stage: StageId) => number {
  const byId = new Map(analysis.graph.stages.map(stage => [stage.id, stage.index]))
  return stage => byId.get(stage) ?? -1
}
