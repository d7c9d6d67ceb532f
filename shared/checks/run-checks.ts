import { shiftRange } from '../dockerfile/placed-instruction.ts'
import type { Derivation } from '../graph/derive.ts'
import { builtStages } from '../graph/environment.ts'
import { sameValues } from '../graph/global-arguments.ts'
import type { Reference } from '../graph/references.ts'
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
  readonly resolved: readonly Reference[]
  /** By reference. */
  readonly givers: readonly (CheckedStage | null)[]
  readonly own: FoundAt
  readonly linked: FoundAt
}

/** Findings with the place that the stage had then. */
interface FoundAt {
  readonly draft: StageDraft
  readonly found: readonly Finding[]
}

/** What all rules find. With what was found before an edit, rules look only at what changed: the result is the same. */
export function runChecks(checked: Checked, before: CheckRun | null): CheckRun {
  const { file, inputs, surroundings, derivation } = checked
  const { graph, globals, drafts, reads } = derivation
  const { settings, text: settingsText, problem: settingsProblem } = fileSettings(file)
  const current: CheckFrame = { escape: file.escape, inputs, globals, surroundings, settings }
  const known = before?.settingsText === settingsText && isSame(before.frame, current) ? before : null
  const frame = known?.frame ?? current
  const stages = checkedStages(frame, derivation, known?.stages ?? nothing)
  const names = drafts.map(({ name }) => name)
  const found = drafts.map((draft, index) =>
    stageFindings(draft, frame, stages, names, derivation, known?.stages[index]),
  )
  const subject: CheckSubject = { ...frame, globals, file, checked, graph, drafts, reads, settingsProblem, stages }
  const findings = found.flatMap(({ own, linked }, index) => {
    const draft = drafts[index]
    if (draft === undefined || (own.found.length === 0 && linked.found.length === 0)) return []
    const id = graph.stages[index]?.id ?? null
    return [...placed(own, draft, id), ...placed(linked, draft, id)]
  })
  for (const { file: find } of fileChecks)
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
const fileChecks = checks.filter((check): check is With<'file'> => check.file !== undefined)
const stageChecks = checks.filter((check): check is With<'stage'> => check.stage !== undefined)
const linkChecks = checks.filter((check): check is With<'links'> => check.links !== undefined)
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
  const parents = new Set<number>()
  for (const { baseSource } of drafts) if (baseSource.kind === 'stage') parents.add(baseSource.index)
  const final = finalStages(graph, drafts)
  const old = before.map(({ stage }) => stage)
  return builtStages(
    frame,
    drafts,
    old.map(({ built }) => built),
  ).map((built, index) => {
    const id = graph.stages[index]?.id ?? null
    const isReachable = graph.stages[index]?.reachable ?? false
    const isFinal = final.has(index)
    const isParent = parents.has(index)
    const same = old[index]
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
  draft: StageDraft,
  frame: CheckFrame,
  stages: readonly CheckedStage[],
  names: readonly string[],
  { reads }: Derivation,
  before: StageFindings | undefined,
): StageFindings {
  const stage = stages[draft.index]
  const own = reads[draft.index]
  if (stage === undefined || own === undefined) throw new RangeError(`There is no stage ${draft.index}.`)
  const { resolved } = own
  const giverOf = ({ source }: Reference): CheckedStage | null =>
    source.kind === 'stage' ? (stages[source.index] ?? null) : null
  const isKept = before?.stage === stage
  // As long as what is resolved is the same, so are the names of all stages.
  if (isKept && before.resolved === resolved && resolved.every((each, at) => giverOf(each) === before.givers[at]))
    return before
  const references = own.references.map(reference => ({ ...reference, giver: giverOf(reference) }))
  // The rules below see one place of the stage: that of what it reads.
  const linked = { stage: { ...stage, draft }, references, names }
  return {
    stage,
    resolved,
    givers: references.map(({ giver }) => giver),
    own: isKept ? before.own : { draft: stage.draft, found: stageChecks.flatMap(check => check.stage(stage, frame)) },
    linked: { draft, found: linkChecks.flatMap(check => check.links(linked, frame)) },
  }
}

/** What was found, where the stage is now. */
function placed({ draft, found }: FoundAt, now: StageDraft, stage: StageId | null): readonly Diagnostic[] {
  const by = now.from.range.from - draft.from.range.from
  const byLines = now.from.line - draft.from.line
  return found.map(each => ({
    ...each,
    message: told(each.message, byLines),
    line: each.line + byLines,
    endLine: each.endLine + byLines,
    range: shiftRange(each.range, by),
    stage,
  }))
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
