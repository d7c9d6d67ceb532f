import type { Analysis } from '../analysis.ts'
import type { Stage, StageId, Step } from '../graph/stage-graph.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { BuildMark, BuildMarks } from './build-marks.ts'
import { buildOutline, combinedMark, type StageStep } from './build-outline.ts'
import type { BuildState } from './build-state.ts'
import type { LineSpan } from './step-places.ts'

/** A text with its stages: all of an analysis that comparing needs. */
type ReadText = Pick<Analysis, 'file' | 'graph'>

/** Instructions of the pinned text that still read the same in another one. */
export interface UnchangedText {
  /** Stages whose every instruction reads the same. */
  readonly stages: ReadonlySet<StageId>
  /** From instruction index in the pinned text to the index in the other one. */
  readonly instructions: ReadonlyMap<number, number>
}

/**
 * Compares instruction by instruction within stages of the same id. What only moved still reads the same; of several
 * equal instructions the first stays the first.
 */
export function unchangedText(pinned: ReadText, current: ReadText): UnchangedText {
  const known = comparisons.get(pinned)?.get(current)
  if (known !== undefined) return known
  const result = compare(pinned, current)
  const others = comparisons.get(pinned) ?? new WeakMap<ReadText, UnchangedText>()
  comparisons.set(pinned, others.set(current, result))
  return result
}

/** Both texts are immutable and compared again for every frame of a build, so the answer is kept while they live. */
const comparisons = new WeakMap<ReadText, WeakMap<ReadText, UnchangedText>>()

function compare(pinned: ReadText, current: ReadText): UnchangedText {
  const stages = new Set<StageId>()
  const instructions = new Map<number, number>()
  const now = new Map(current.graph.stages.map(stage => [stage.id, stage]))
  for (const before of pinned.graph.stages) {
    const after = now.get(before.id)
    if (after === undefined) continue
    const written = (range: TextRange) => pinned.file.text.slice(range.from, range.to)
    const writtenNow = (range: TextRange) => current.file.text.slice(range.from, range.to)
    const whole = (stage: Stage, write: (range: TextRange) => string) =>
      [stage.fromRange, ...stage.steps.map(step => step.range)].map(write)
    const [then, today] = [whole(before, written), whole(after, writtenNow)]
    if (then.length === today.length && then.every((text, index) => text === today[index])) stages.add(before.id)
    const places = new Map<string, Step[]>()
    for (const step of after.steps) {
      const text = writtenNow(step.range)
      const same = places.get(text)
      if (same === undefined) places.set(text, [step])
      else same.push(step)
    }
    for (const step of before.steps) {
      const same = places.get(written(step.range))?.shift()
      if (same !== undefined) instructions.set(step.instruction, same.instruction)
    }
  }
  return { stages, instructions }
}

/** What the build says of the text as it stands now. Whatever was edited since bears no mark. */
export function marksFor(state: BuildState, current: Analysis): BuildMarks {
  const unchanged = unchangedText(state.analysis, current)
  const stages = new Map<StageId, BuildMark>()
  const steps = new Map<number, BuildMark>()
  for (const stage of state.analysis.graph.stages)
    if (!state.needed.has(stage.id) && unchanged.stages.has(stage.id)) stages.set(stage.id, notNeeded)

  for (const group of buildOutline(state).stages) {
    const mark = combinedMark(state, group.steps)
    if (mark !== null && unchanged.stages.has(group.stage.id)) stages.set(group.stage.id, mark)
    for (const [instruction, parts] of byInstruction(group.steps)) {
      const today = unchanged.instructions.get(instruction)
      const stepMark = combinedMark(state, parts)
      if (today !== undefined && stepMark !== null) steps.set(today, stepMark)
    }
  }
  markRefusal(state, unchanged, stages, steps)
  return { stages, steps }
}

const notNeeded: BuildMark = { state: 'not-needed', runningSince: null, milliseconds: null, error: null }

/** One instruction may take several vertices: COPY --link is two. */
function byInstruction(steps: readonly StageStep[]): ReadonlyMap<number, readonly StageStep[]> {
  const groups = new Map<number, StageStep[]>()
  for (const step of steps) {
    if (step.instruction === null) continue
    const group = groups.get(step.instruction)
    if (group === undefined) groups.set(step.instruction, [step])
    else group.push(step)
  }
  return groups
}

/** A text that the engine refuses fails without a vertex: the lines it names bear the failure. */
function markRefusal(
  state: BuildState,
  unchanged: UnchangedText,
  stages: Map<StageId, BuildMark>,
  steps: Map<number, BuildMark>,
): void {
  const { failure } = state
  if (failure === null || failure.vertex !== null) return
  const mark: BuildMark = { state: 'failed', runningSince: null, milliseconds: null, error: failure.message }
  for (const { stage, instruction } of state.place(failure.lines)) {
    if (unchanged.stages.has(stage)) stages.set(stage, mark)
    const today = instruction === null ? undefined : unchanged.instructions.get(instruction)
    if (today !== undefined) steps.set(today, mark)
  }
}

/** Where the first of `lines` of the built text stands in the current one; null where its instruction was edited. */
export function currentLines(state: BuildState, current: Analysis, lines: readonly LineSpan[]): LineSpan | null {
  const first = lines[0]
  if (first === undefined) return null
  if (state.analysis.file.text === current.file.text) return first
  const place = state.place(lines)[0]
  if (place === undefined) return null
  const stage = current.graph.stages.find(({ id }) => id === place.stage)
  if (stage === undefined) return null
  const unchanged = unchangedText(state.analysis, current)
  if (place.instruction === null)
    return unchanged.stages.has(stage.id) ? { start: stage.startLine, end: stage.endLine } : null
  const instruction = unchanged.instructions.get(place.instruction)
  const step = stage.steps.find(other => other.instruction === instruction)
  return step === undefined ? null : { start: step.line, end: step.endLine }
}
