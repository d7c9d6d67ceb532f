import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { compareBuilds, differences } from '../../shared/builds/compare-builds.ts'
import { reduceBuild, startBuild, type BuildState } from '../../shared/builds/build-state.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { criticalPath, criticalStages, timeline } from '../../shared/builds/timeline.ts'

const text = [
  'FROM scratch AS slow',
  'RUN make slow',
  'FROM scratch AS fast',
  'RUN make fast',
  'FROM scratch AS app',
  'COPY --from=slow /a /',
  'COPY --from=fast /b /',
].join('\n')

/** Line, when it began, when it ended (null while it runs, no times from the cache), and lines of its inputs. */
type Row = readonly [line: number, from: number | null, to: number | null, inputs?: readonly number[]]

function build(rows: readonly Row[], of = text): BuildState {
  const request = {
    text: of,
    path: null,
    contextDirectory: null,
    target: null,
    tags: [],
    buildArgs: {},
    noCache: false,
  }
  const events: readonly BuildEvent[] = [
    { kind: 'started', build: 'b', engine: 'e' },
    {
      kind: 'planned',
      steps: rows.map(([line, , , inputs = []]) => ({
        ...{ vertex: `v${line}`, name: `line ${line}`, lines: [{ start: line, end: line }] },
        inputs: inputs.map(input => `v${input}`),
      })),
    },
    ...rows.map(([line, from, to]): BuildEvent => ({
      ...{ vertex: `v${line}`, name: '', error: null, started: from, completed: to },
      kind: 'step',
      state: from === null ? 'cached' : to === null ? 'running' : 'done',
    })),
  ]
  return events.reduce<BuildState>((state, event) => reduceBuild(state, event, 0), startBuild(request, analyze(of), 0))
}

const usual: readonly Row[] = [
  [2, 5000, 9000],
  [4, 5000, 6000],
  [6, 9000, 9100, [2]],
  [7, 9100, 9300, [4, 6]],
]

test('each stage has its lane, and time begins with the first step that ran', () => {
  const { lanes, end, criticalMilliseconds } = timeline(build(usual), 0)
  expect(lanes.map(({ title, bars }) => [typeof title === 'string' ? title : title.name, bars.length])).toEqual([
    ['slow', 1],
    ['fast', 1],
    ['app', 2],
  ])
  expect(lanes[2]?.bars.map(({ from, to, row }) => [from, to, row])).toEqual([
    [4000, 4100, 0],
    [4100, 4300, 0],
  ])
  expect([end, criticalMilliseconds]).toEqual([4300, 4300])
})

test('the critical path goes from the last step to the input that ended last, over and over', () => {
  const state = build(usual)
  expect(criticalPath(state, 0).map(({ vertex }) => vertex)).toEqual(['v2', 'v6', 'v7'])
  const { stages, edges } = criticalStages(state, 0)
  const [slow, , app] = state.analysis.graph.stages.map(({ id }) => id)
  expect([...stages]).toEqual([slow, app])
  expect([...edges]).toEqual([`${slow ?? ''} ${app ?? ''}`])
})

test('what came from the cache takes no time, stands where its inputs end, and ends the critical path', () => {
  const state = build([
    [2, null, null],
    [4, 100, 400],
    [6, null, null, [2]],
    [7, 400, 500, [4, 6]],
  ])
  expect(criticalPath(state, 0).map(({ vertex }) => vertex)).toEqual(['v4', 'v7'])
  const bars = timeline(state, 0).lanes.flatMap(lane => lane.bars.map(bar => [bar.step.vertex, bar.from, bar.state]))
  expect(bars).toContainEqual(['v6', 0, 'cached'])
})

test('a bar that runs grows with the clock, and bars that overlap lie below each other', () => {
  const state = build([
    [2, 0, 50],
    [6, 0, null],
    [7, 10, null],
  ])
  const lane = timeline(state, 300).lanes.at(-1)
  expect(lane?.bars.map(({ to, running, row }) => [to, running, row])).toEqual([
    [300, true, 0],
    [310, true, 1],
  ])
  expect(lane?.rows).toBe(2)
})

test('two builds are compared instruction by instruction', () => {
  const before = build(usual)
  const later = build(
    [
      [2, 5000, 7000],
      [4, 5000, 6010],
      [6, null, null, [2]],
      [7, 9100, 9900, [4, 6]],
    ],
    text.replace('COPY --from=fast /b /', 'COPY --from=fast /other /'),
  )
  const steps = compareBuilds(before, later)
  expect(
    steps.map(({ stage, gist, before, after, difference }) => [
      stage,
      gist,
      before !== null,
      after !== null,
      difference,
    ]),
  ).toEqual([
    ['slow', 'make slow', true, true, -2000],
    ['fast', 'make fast', true, true, 0],
    ['app', '/a /', true, true, -100],
    ['app', '/other /', false, true, null],
    ['app', '/b /', true, false, null],
  ])
  expect([...differences(steps)]).toEqual([
    ['v2', -2000],
    ['v6', -100],
  ])
})
