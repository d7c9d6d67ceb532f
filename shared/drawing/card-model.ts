import type { Diagnostic, EdgeSource, Severity, Stage, StageId } from '../graph/stage-graph.ts'
import { stageTitle } from '../graph/stage-graph.ts'
import { formatBytes, formatCount } from '../quantities.ts'
import { sourceKey } from '../graph/edge-source.ts'
import { markWords, type BuildMark, type BuildMarks } from '../builds/build-marks.ts'
import type { StageWeight } from '../files/artifacts.ts'
import type { Expected } from '../files/expectations.ts'
import { stageHue } from './stage-hue.ts'

/** Sizes of a card's parts in pixels; graph.css draws them to the same measures, so that no card is ever measured. */
export const cardMeasures = {
  stageWidth: 264,
  sourceWidth: 208,
  header: 40,
  base: 28,
  row: 24,
  more: 26,
  footer: 28,
  bottom: 6,
  /** Below the top of a card: where arrows leave it, and where base edges arrive. */
  port: 20,
} as const

/** Cards with more steps than this begin folded. */
export const foldAbove = 12
/** Files with at least this many stages begin with every card folded. */
export const foldEverythingFrom = 40
/** Steps that stay visible on a folded card, because arrows end there. */
const stepsKept = 6

export interface StepRow {
  readonly instruction: number
  readonly keyword: string
  readonly gist: string
  readonly mark: BuildMark | null
  readonly selected: boolean
}

export interface DiagnosticCount {
  readonly count: number
  readonly worst: Severity
  /** The first message of the worst kind. */
  readonly message: string
}

/** What a stage's card shows, and nothing else: two equal contents need no drawing. */
export interface StageContent {
  readonly kind: 'stage'
  readonly stage: StageId
  readonly index: number
  readonly title: string
  readonly named: boolean
  readonly hue: string
  readonly isTarget: boolean
  readonly reachable: boolean
  /** Whether the length of the last build hangs on it, where that is shown. */
  readonly critical: boolean
  /** The values with which the target would need it: `VARIANT=dev`. Null where it is needed, or dead. */
  readonly neededWhen: string | null
  /** A sentence; null where the target needs it. */
  readonly whyNotNeeded: string | null
  /** Null where an edge says it. */
  readonly base: { readonly text: string; readonly isScratch: boolean } | null
  readonly platform: string | null
  readonly rows: readonly StepRow[]
  readonly hiddenSteps: number
  readonly foldable: boolean
  readonly mark: BuildMark | null
  /** Of its files as they were built; null where it has changed since. */
  readonly weight: StageWeight | null
  readonly expected: ExpectedCount | null
  readonly diagnostics: DiagnosticCount | null
}

/** How its files keep to what is expected of them. */
export interface ExpectedCount {
  readonly count: number
  /** What is wrong, a sentence each. */
  readonly misses: readonly string[]
}

/** A node that is no stage: something the file reads from. */
export interface SourceContent {
  readonly kind: 'source'
  readonly source: 'image' | 'scratch' | 'context' | 'unresolved'
  readonly title: string
  readonly detail: string
}

export type CardContent = StageContent | SourceContent

export interface Card {
  readonly key: string
  readonly content: CardContent
  readonly width: number
  readonly height: number
  readonly description: string
}

export const mainContextKey = 'context:'

/** The key under which a node's position is kept. */
export function nodeKey(source: EdgeSource): string {
  return source.kind === 'stage' ? source.stage : sourceKey(source)
}

export interface StageCardInputs {
  readonly isTarget: boolean
  readonly neededWhen: string | null
  readonly whyNotNeeded: string | null
  readonly baseHasNode: boolean
  /** What the person chose for this card; undefined where nothing was chosen. */
  readonly unfolded: boolean | undefined
  readonly foldByDefault: boolean
  /** Lines of the instructions at which arrows end. */
  readonly linesWithEdges: ReadonlySet<number>
  readonly marks: BuildMarks
  readonly weight: StageWeight | null
  /** Empty where nothing is expected, or nothing is known. */
  readonly expected: Expected
  /** The instruction of this stage that is selected. */
  readonly selectedStep: number | null
  readonly diagnostics: DiagnosticCount | null
}

export function stageCard(stage: Stage, inputs: StageCardInputs): Card {
  const { marks, selectedStep } = inputs
  const foldable =
    stage.steps.length > 0 && (stage.steps.length > foldAbove || inputs.foldByDefault || inputs.unfolded !== undefined)
  const folded = foldable && inputs.unfolded !== true
  const ends = stage.steps.filter(step => inputs.linesWithEdges.has(step.line))
  const kept = ends.length <= stepsKept ? ends : []
  const shown = folded
    ? stage.steps.filter(step => kept.includes(step) || step.instruction === selectedStep)
    : stage.steps
  const content: StageContent = {
    kind: 'stage',
    stage: stage.id,
    index: stage.index,
    title: stageTitle(stage),
    named: stage.writtenName !== null,
    hue: stageHue(stage),
    isTarget: inputs.isTarget,
    reachable: stage.reachable,
    critical: marks.critical?.stages.has(stage.id) ?? false,
    neededWhen: inputs.neededWhen,
    whyNotNeeded: inputs.whyNotNeeded,
    base: inputs.baseHasNode ? null : { text: stage.base, isScratch: stage.baseSource.kind === 'scratch' },
    platform: stage.platform,
    rows: shown.map(step => ({
      instruction: step.instruction,
      keyword: step.keyword,
      gist: step.gist,
      mark: marks.steps.get(step.instruction) ?? null,
      selected: step.instruction === selectedStep,
    })),
    hiddenSteps: stage.steps.length - shown.length,
    foldable: foldable && (shown.length < stage.steps.length || !folded),
    mark: marks.stages.get(stage.id) ?? null,
    weight: inputs.weight,
    expected: countExpected(inputs.expected),
    diagnostics: inputs.diagnostics,
  }
  return {
    key: stage.id,
    content,
    width: cardMeasures.stageWidth,
    height: stageHeight(content),
    description: describeStage(stage, content),
  }
}

/** Whether the card ends with a line of words: what the build says, or that no build needs the stage. */
export function hasFooter(content: StageContent): boolean {
  return content.mark !== null || !content.reachable
}

/** What it says: what the build came to, else with which values the stage would be needed, or that it is not. */
export function footerWords({ mark, reachable, neededWhen }: StageContent): string {
  if (mark !== null && (reachable || mark.state !== 'not-needed')) return markWords[mark.state]
  if (reachable) return ''
  return neededWhen === null ? 'Not needed for this target' : `Needed when ${neededWhen}`
}

function stageHeight(content: StageContent): number {
  const m = cardMeasures
  const body =
    (content.base === null ? 0 : m.base) +
    content.rows.length * m.row +
    (content.foldable ? m.more : 0) +
    (hasFooter(content) ? m.footer : 0)
  return m.header + body + (body > 0 ? m.bottom : 0)
}

/** Pixels below the top of a stage's card at which an edge that belongs to `instruction` arrives. */
export function arrivalOffset(content: StageContent, instruction: number | null): number {
  const m = cardMeasures
  if (instruction === null) return m.port
  const top = m.header + (content.base === null ? 0 : m.base)
  const row = content.rows.findIndex(each => each.instruction === instruction)
  if (row >= 0) return top + row * m.row + m.row / 2
  return content.foldable ? top + content.rows.length * m.row + m.more / 2 : m.port
}

export function sourceCard(key: string, content: SourceContent): Card {
  return {
    key,
    content,
    width: content.source === 'scratch' ? 96 : cardMeasures.sourceWidth,
    height: content.detail === '' ? 36 : content.detail.length > 26 ? 66 : 52,
    description: content.detail === '' ? content.title : `${content.title}, ${content.detail}`,
  }
}

export function countDiagnostics(diagnostics: readonly Diagnostic[]): DiagnosticCount | null {
  const order: readonly Severity[] = ['error', 'warning', 'hint']
  for (const worst of order) {
    const first = diagnostics.find(diagnostic => diagnostic.severity === worst)
    if (first !== undefined) return { count: diagnostics.length, worst, message: first.message }
  }
  return null
}

function countExpected(expected: Expected): ExpectedCount | null {
  const misses = expected.flatMap(([, miss]) => miss ?? [])
  return expected.length === 0 ? null : { count: expected.length, misses }
}

/** `3 files as expected`, or `1 of 3 files not as expected`. */
export function expectedWords({ count, misses }: ExpectedCount): string {
  const all = formatCount(count, 'file')
  return misses.length === 0 ? `${all} as expected` : `${misses.length} of ${all} not as expected`
}

/** A sentence as it is said in a list of others. */
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replaceAll('`', '').replace(/\.$/, '')
}

function describeStage(stage: Stage, content: StageContent): string {
  const parts = [`Stage ${content.title}`, `from ${stage.base}`]
  parts.push(stage.steps.length === 1 ? '1 step' : `${stage.steps.length} steps`)
  if (content.isTarget) parts.push('target')
  if (content.neededWhen !== null) parts.push(`needed when ${content.neededWhen}`)
  else if (content.whyNotNeeded !== null) parts.push(asClause(content.whyNotNeeded))
  if (content.mark !== null && (content.reachable || content.mark.state !== 'not-needed'))
    parts.push(markWords[content.mark.state].toLowerCase())
  if (content.weight !== null) parts.push(formatBytes(content.weight.bytes))
  if (content.expected !== null) parts.push(expectedWords(content.expected))
  if (content.diagnostics !== null)
    parts.push(content.diagnostics.count === 1 ? '1 problem' : `${content.diagnostics.count} problems`)
  return parts.join(', ')
}
