import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import type { BuildEvent, BuildRequest, StepState } from '../../shared/builds/build-events.ts'
import { buildOutline, countSteps } from '../../shared/builds/build-outline.ts'
import { hasEnded, logOf, reduceBuild, startBuild, stepOf, transfersOf } from '../../shared/builds/build-state.ts'
import { logLines } from '../../shared/builds/log-buffer.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'

const text = `FROM golang AS base
WORKDIR /src
FROM base AS build
COPY . .
RUN go build -o /app
FROM base AS test
RUN go test
FROM golang AS tools
RUN make tools
FROM scratch
COPY --from=build /app /app
COPY --from=tools /bin/x /x
CMD ["/app"]
`
const request: BuildRequest = {
  text,
  path: null,
  contextDirectory: null,
  target: null,
  tags: [],
  buildArgs: {},
  noCache: false,
}
const begun = (target: BuildRequest['target'] = null) => startBuild({ ...request, target }, analyze(text), 0)
const after = (events: readonly BuildEvent[], target: BuildRequest['target'] = null) =>
  events.reduce((state, event, index) => reduceBuild(state, event, index * 10), begun(target))

const line = (vertex: string, ...starts: number[]) => ({
  vertex,
  name: vertex,
  lines: starts.map(start => ({ start, end: start })),
  inputs: [],
})
const started: BuildEvent = { kind: 'started', build: 'b1', engine: 'Docker' }
const planned: BuildEvent = {
  kind: 'planned',
  steps: [
    line('golang', 1, 8),
    line('workdir', 2),
    line('copy', 4),
    line('build', 5),
    line('make', 9),
    line('out', 11),
  ],
}
const step = (vertex: string, state: StepState, from: number | null = null, to: number | null = null): BuildEvent => ({
  kind: 'step',
  vertex,
  name: vertex,
  state,
  started: from,
  completed: to,
  error: state === 'failed' ? 'exit code 1' : null,
})
const said = (vertex: string, output: string): BuildEvent => ({ kind: 'log', vertex, stream: 'stdout', text: output })
const succeeded: BuildEvent = { kind: 'succeeded', image: null, tags: [], milliseconds: 1_000 }
const failed: BuildEvent = {
  kind: 'failed',
  message: 'go build failed.',
  detail: '',
  vertex: 'build',
  lines: [{ start: 5, end: 5 }],
  exitCode: 1,
}

const anyEvent: fc.Arbitrary<BuildEvent> = fc.oneof(
  fc.constantFrom<BuildEvent>(started, planned, { kind: 'cancelled', milliseconds: 5 }, failed, succeeded),
  fc
    .tuple(fc.constantFrom('golang', 'build', 'make', 'stray'), fc.constantFrom<StepState>('queued', 'running', 'done'))
    .map(([vertex, state]) => step(vertex, state, 5, state === 'done' ? 9 : null)),
  fc
    .tuple(fc.constantFrom('build', 'stray'), fc.constantFrom('a', 'b\n', '\r'))
    .map(([vertex, out]) => said(vertex, out)),
)

test('a build never leaves its end, whatever still arrives', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), events => {
      let state = begun()
      for (const event of events) {
        const next = reduceBuild(state, event, 1)
        if (hasEnded(state.phase)) expect(next).toBe(state)
        state = next
      }
      if (hasEnded(state.phase)) expect(state.steps.some(({ state: now }) => now === 'running')).toBe(false)
    }),
  )
})

test('an event told twice in a row says what it says once, output apart', () => {
  const silent = anyEvent.filter(event => event.kind !== 'log')
  fc.assert(
    fc.property(fc.array(silent, { maxLength: 20 }), events => {
      const before = begun()
      const once = events.reduce((state, event) => reduceBuild(state, event, 1), before)
      const doubled = events.flatMap(event => [event, event])
      const twice = doubled.reduce((state, event) => reduceBuild(state, event, 1), before)
      expect(twice).toEqual(once)
    }),
  )
})

test('the last word on a step holds: a pass for its cache key is not its end', () => {
  const state = after([
    started,
    planned,
    step('build', 'running', 100),
    step('build', 'done', 100, 104),
    step('build', 'running', 200),
  ])
  expect(stepOf(state, 'build')).toMatchObject({ state: 'running', started: 200, runningSince: 40 })
})

test('steps stand where their lines are, a shared FROM in every stage that needs it', () => {
  const outline = buildOutline(
    after([started, planned, step('[internal] load build context', 'done'), step('exporting to image', 'running')]),
  )
  expect(outline.preparing.map(({ name }) => name)).toEqual(['[internal] load build context'])
  expect(outline.exporting.map(({ name }) => name)).toEqual(['exporting to image'])
  expect(
    outline.stages.map(({ stage, steps }) => [stageTitle(stage), steps.map(({ step: { vertex } }) => vertex)]),
  ).toEqual([
    ['base', ['golang', 'workdir']],
    ['build', ['copy', 'build']],
    ['tools', ['golang', 'make']],
    ['stage 4', ['out']],
  ])
})

test.each([
  [null, ['base', 'build', 'tools', 'stage 4']],
  ['TEST', ['base', 'test']],
  [3, ['tools']],
  ['2', ['base', 'test']],
  ['nowhere', []],
])('a build of %s goes through %j', (target, titles) => {
  expect(buildOutline(after([], target)).stages.map(({ stage }) => stageTitle(stage))).toEqual(titles)
})

test('output and transfers leave the steps as they were', () => {
  const before = after([started, planned])
  const heard = [said('build', 'compil'), said('build', 'ing\nlinking\n')].reduce(
    (s, e) => reduceBuild(s, e, 0),
    before,
  )
  const moved = reduceBuild(
    heard,
    { kind: 'progress', vertex: 'golang', id: 'sha256:1', name: 'layer', current: 5, total: 10, completed: false },
    0,
  )
  const again = reduceBuild(
    moved,
    { kind: 'progress', vertex: 'golang', id: 'sha256:1', name: 'layer', current: 10, total: 10, completed: true },
    0,
  )
  expect(again.steps).toBe(before.steps)
  expect(logLines(logOf(again, 'build')).map(({ text: shown }) => shown)).toEqual(['compiling', 'linking'])
  expect(transfersOf(again, 'golang')).toEqual([
    { id: 'sha256:1', name: 'layer', current: 10, total: 10, completed: true },
  ])
})

test('what ran when the build failed was stopped, and the step that failed says so', () => {
  const state = after([started, planned, step('build', 'running', 1), step('make', 'running', 1), failed])
  expect(state.phase).toBe('failed')
  expect(stepOf(state, 'build')).toMatchObject({ state: 'failed', error: 'go build failed.' })
  expect(stepOf(state, 'make')).toMatchObject({ state: 'cancelled', runningSince: null })
})

test('a step that was stopped took the time from its start to the stop', () => {
  const running = reduceBuild(after([started, planned]), step('build', 'running', 500), 1_000)
  const state = reduceBuild(running, { kind: 'cancelled', milliseconds: 6_000 }, 6_200)
  expect(stepOf(state, 'build')).toMatchObject({ state: 'cancelled', started: 500, completed: 5_700 })
})

test('steps that a good build never came to count as cached', () => {
  const state = after([started, planned, step('out', 'cached', 1, 1), succeeded])
  expect(countSteps(state)).toEqual({ cached: 6, ended: 6, total: 6 })
})

test('a warning told again is the same warning', () => {
  const warning: BuildEvent = { kind: 'warning', rule: 'StageNameCasing', message: 'm', lines: [{ start: 1, end: 1 }] }
  expect(after([warning, warning]).warnings).toHaveLength(1)
})
