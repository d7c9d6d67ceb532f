import { stageTitle, type Stage } from '../graph/stage-graph.ts'
import type { VertexDigest } from './build-events.ts'
import { buildOutline, stepMark, type StageStep } from './build-outline.ts'
import type { BuildState } from './build-state.ts'

/** What became of one instruction in one build; `milliseconds` is 0 from the cache, null where it never ended. */
export interface StepOutcome {
  readonly vertex: VertexDigest
  readonly state: string
  readonly milliseconds: number | null
}

/** One instruction in two builds; null in the one that does not have it. */
export interface ComparedStep {
  readonly stage: string
  readonly keyword: string
  readonly gist: string
  readonly before: StepOutcome | null
  readonly after: StepOutcome | null
  /** Milliseconds longer than before; null where one of both has no time, 0 where the difference says nothing. */
  readonly difference: number | null
}

/** Differences below this, and below a tenth, are the machine's and not the file's. */
const smallestDifference = 100

/** Instruction by instruction: the same text in the stage of the same name is the same step. */
export function compareBuilds(before: BuildState, after: BuildState): readonly ComparedStep[] {
  const earlier = new Map(stepsOf(before).map(found => [found.key, found]))
  const later = stepsOf(after)
  const kept = new Set(later.map(({ key }) => key))
  return [
    ...later.map(({ key, row, outcome }) => compared(row, earlier.get(key)?.outcome ?? null, outcome)),
    ...[...earlier.values()]
      .filter(({ key }) => !kept.has(key))
      .map(({ row, outcome }) => compared(row, outcome, null)),
  ]
}

/** Milliseconds longer than in the build before, by vertex of the later one; where that says anything. */
export function differences(steps: readonly ComparedStep[]): ReadonlyMap<VertexDigest, number> {
  return new Map(
    steps.flatMap(({ after, difference }) =>
      after === null || difference === null || difference === 0 ? [] : [[after.vertex, difference] as const],
    ),
  )
}

type Row = Pick<ComparedStep, 'stage' | 'keyword' | 'gist'>

function compared(row: Row, before: StepOutcome | null, after: StepOutcome | null): ComparedStep {
  const [was, is] = [before?.milliseconds ?? null, after?.milliseconds ?? null]
  const difference = was === null || is === null ? null : is - was
  const tells = difference !== null && Math.abs(difference) >= Math.max(smallestDifference, (was ?? 0) / 10)
  return { ...row, before, after, difference: tells || difference === null ? difference : 0 }
}

interface FoundStep {
  readonly key: string
  readonly row: Row
  readonly outcome: StepOutcome
}

function stepsOf(state: BuildState): readonly FoundStep[] {
  const counts = new Map<string, number>()
  return buildOutline(state).stages.flatMap(({ stage, steps }) =>
    steps.map((found): FoundStep => {
      const { keyword, gist, text } = written(state, stage, found)
      const own = `${stage.name === '' ? stage.index : stage.name} ${text}`
      const count = counts.get(own) ?? 0
      counts.set(own, count + 1)
      const mark = stepMark(state, found.step)
      const outcome = {
        vertex: found.step.vertex,
        state: mark?.state ?? 'not-run',
        milliseconds: mark?.state === 'cached' ? 0 : (mark?.milliseconds ?? null),
      }
      return { key: `${own} ${count}`, row: { stage: stageTitle(stage), keyword, gist }, outcome }
    }),
  )
}

function written({ analysis }: BuildState, stage: Stage, { instruction }: StageStep) {
  const step = stage.steps.find(other => other.instruction === instruction)
  const range = step?.range ?? stage.fromRange
  const text = analysis.file.text.slice(range.from, range.to)
  return { keyword: step?.keyword ?? 'FROM', gist: step?.gist ?? stage.base, text }
}
