import { shiftRange } from '../dockerfile/placed-instruction.ts'
import type { Derivation } from '../graph/derive.ts'
import { builtStages } from '../graph/environment.ts'
import { sameValues } from '../graph/global-arguments.ts'
import type { ResolvedReference, StageReads } from '../graph/references.ts'
import type { StageDraft } from '../graph/stage-drafts.ts'
import type { Diagnostic, StageGraph, StageId } from '../graph/stage-graph.ts'
import type { Check, Checked, CheckedStage, CheckFrame, CheckSubject, Finding, Message } from './check.ts'
import { finalStages } from './final-stages.ts'
import { fileSettings } from './lint/settings.ts'
import { checks } from './rules.ts'

/** What was found in a text, in the order of the file, and what it was found in. */
export interface CheckRun {
  readonly findings: readonly Diagnostic[]
  readonly frame: CheckFrame
  readonly settingsText: string | null
  readonly stages: readonly StageFindings[]
}

/** What was found in one stage, and all that it depends on beside the frame. */
interface StageFindings {
  readonly stage: CheckedStage
  readonly resolved: StageReads['resolved']
  /** By reference. */
  readonly givers: readonly (CheckedStage | null)[]
  readonly own: FoundAt
  readonly linked: FoundAt
  /** All of it where the stage is, which is where this draft stands. */
  readonly placed: readonly Diagnostic[]
  readonly placedFor: StageDraft
}

/** Findings with the place that the stage had then. */
interface FoundAt {
  readonly draft: StageDraft
  readonly found: readonly Finding[]
}

/** What all rules find. With what was found before an edit, rules look only at what changed: the result is the same. */
export const runChecks = checkRunner(checks)

/** What these rules find. What is given as found before must be of the same rules. */
export function checkRunner(rules: readonly Check[]): (checked: Checked, before: CheckRun | null) => CheckRun {
  const sorted = sortedRules(rules)
  return (checked, before) => run(sorted, checked, before)
}

function run(rules: SortedRules, checked: Checked, before: CheckRun | null): CheckRun {
  const { file, inputs, surroundings, derivation } = checked
  const { graph, globals, drafts, reads, names } = derivation
  const { settings, text: settingsText, problem: settingsProblem } = fileSettings(file)
  const current: CheckFrame = { escape: file.escape, inputs, globals, surroundings, settings }
  const known = before?.settingsText === settingsText && isSame(before.frame, current) ? before : null
  const frame = known?.frame ?? current
  const stages = checkedStages(frame, derivation, known?.stages ?? nothing)
  const found = drafts.map((draft, index) =>
    stageFindings(rules, draft, frame, stages, derivation, known?.stages[index]),
  )
  const subject: CheckSubject = {
    ...frame,
    globals,
    file,
    checked,
    graph,
    drafts,
    names,
    reads,
    settingsProblem,
    stages,
  }
  const findings: Diagnostic[] = []
  for (const { placed } of found) findings.push(...placed)
  for (const { file: find } of rules.file)
    for (const each of find(subject))
      findings.push({
        ...each,
        message: told(each.message, 0),
        stage: each.stage === null ? null : stageAtLine(graph, each.line),
      })
  findings.sort((a, b) => a.line - b.line || a.range.from - b.range.from || rankOf(a) - rankOf(b))
  return { findings, frame, settingsText, stages: found }
}

type With<Key extends keyof Check> = Check & Required<Pick<Check, Key>>

/** Rules by where they look. */
interface SortedRules {
  readonly file: readonly With<'file'>[]
  readonly stage: readonly With<'stage'>[]
  readonly links: readonly With<'links'>[]
}

function sortedRules(rules: readonly Check[]): SortedRules {
  return {
    file: rules.filter((check): check is With<'file'> => check.file !== undefined),
    stage: rules.filter((check): check is With<'stage'> => check.stage !== undefined),
    links: rules.filter((check): check is With<'links'> => check.links !== undefined),
  }
}

const nothing: readonly never[] = []
/** Findings at one place stand in the order of the table of rules. */
const ranks: ReadonlyMap<string, number> = new Map(checks.map(({ rule }, index) => [rule, index]))
const rankOf = ({ rule }: Diagnostic): number => ranks.get(rule) ?? checks.length

/** But for the settings, which are compared as they are written. */
function isSame(a: CheckFrame, b: CheckFrame): boolean {
  return (
    a.escape === b.escape &&
    a.inputs === b.inputs &&
    a.surroundings === b.surroundings &&
    sameValues(a.globals, b.globals)
  )
}

function checkedStages(
  frame: CheckFrame,
  { graph, drafts }: Derivation,
  before: readonly StageFindings[],
): readonly CheckedStage[] {
  const parents = drafts.map(() => false)
  for (const { baseSource } of drafts) if (baseSource.kind === 'stage') parents[baseSource.index] = true
  const final = finalStages(graph, drafts)
  return builtStages(frame, drafts, index => before[index]?.stage.built).map((built, index) => {
    const id = graph.stages[index]?.id ?? null
    const isReachable = graph.stages[index]?.reachable ?? false
    const isFinal = final.has(index)
    const isParent = parents[index] ?? false
    const same = before[index]?.stage
    return same?.built === built &&
      same.id === id &&
      same.isReachable === isReachable &&
      same.isFinal === isFinal &&
      same.isParent === isParent
      ? same
      : { id, draft: built.draft, built, isReachable, isFinal, isParent }
  })
}

function stageFindings(
  rules: SortedRules,
  draft: StageDraft,
  frame: CheckFrame,
  stages: readonly CheckedStage[],
  { reads, names }: Derivation,
  before: StageFindings | undefined,
): StageFindings {
  const stage = stages[draft.index]
  const read = reads[draft.index]
  if (stage === undefined || read === undefined) throw new RangeError(`There is no stage ${draft.index}.`)
  const { resolved } = read
  const giverOf = ({ source }: Pick<ResolvedReference, 'source'>): CheckedStage | null =>
    source.kind === 'stage' ? (stages[source.index] ?? null) : null
  const isKept = before?.stage === stage
  // As long as what is resolved is the same, so are the names of all stages.
  if (isKept && before.resolved === resolved && resolved.every((each, at) => giverOf(each) === before.givers[at]))
    return before.placedFor === draft || before.placed.length === 0
      ? before
      : { ...before, ...placedAt(draft, stage.id, before.own, before.linked) }
  const references = read.references.map(reference => ({ ...reference, giver: giverOf(reference) }))
  // The rules below see one place of the stage: that of what it reads.
  const linkedStage = { stage: { ...stage, draft }, references, names: names.all }
  const own = isKept
    ? before.own
    : { draft: stage.draft, found: rules.stage.flatMap(check => check.stage(stage, frame)) }
  const linked = { draft, found: rules.links.flatMap(check => check.links(linkedStage, frame)) }
  const givers = references.map(({ giver }) => giver)
  return { stage, resolved, givers, own, linked, ...placedAt(draft, stage.id, own, linked) }
}

/** What was found, where the stage is now. */
function placedAt(
  draft: StageDraft,
  stage: StageId | null,
  ...parts: readonly FoundAt[]
): Pick<StageFindings, 'placed' | 'placedFor'> {
  const placed: Diagnostic[] = []
  for (const { found, draft: then } of parts) {
    if (found.length === 0) continue
    const by = draft.place.offset - then.place.offset
    const byLines = draft.place.lines - then.place.lines
    for (const { severity, rule, message, line, endLine, range } of found)
      placed.push({
        severity,
        rule,
        message: told(message, byLines),
        line: line + byLines,
        endLine: endLine + byLines,
        range: shiftRange(range, by),
        stage,
      })
  }
  return { placed, placedFor: draft }
}

function told(message: Message, movedLines: number): string {
  return typeof message === 'string' ? message : message(movedLines)
}

/** The stage that a line belongs to, null before the first FROM. */
function stageAtLine(graph: StageGraph, line: number): StageId | null {
  let low = 0
  let high = graph.stages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((graph.stages[middle]?.startLine ?? 0) <= line) low = middle + 1
    else high = middle
  }
  return graph.stages[low - 1]?.id ?? null
}
