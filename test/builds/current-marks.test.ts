import { expect, test } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import type { BuildEvent, BuildRequest, StepState } from '../../shared/builds/build-events.ts'
import { reduceBuild, startBuild } from '../../shared/builds/build-state.ts'
import { currentLines, marksFor } from '../../shared/builds/current-marks.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { applyEdits, mapThrough } from '../../shared/text/text-edit.ts'

const text = `FROM golang AS build
WORKDIR /src
RUN go mod download
RUN go build -o /app
FROM node AS docs
RUN npm run docs
FROM scratch AS final
COPY --from=build /app /app
`
const pinned = analyze(text)
const request: BuildRequest = {
  text,
  path: null,
  contextDirectory: null,
  target: null,
  tags: [],
  buildArgs: {},
  noCache: false,
}
const vertices = { golang: 1, workdir: 2, download: 3, compile: 4, copy: 8 }
type Vertex = keyof typeof vertices

const plan: BuildEvent = {
  kind: 'planned',
  steps: Object.entries(vertices).map(([vertex, start]) => ({
    vertex,
    name: vertex,
    lines: [{ start, end: start }],
    inputs: [],
  })),
}
const step = (vertex: Vertex, state: StepState, milliseconds = 0): BuildEvent => ({
  kind: 'step',
  vertex,
  name: vertex,
  state,
  started: state === 'queued' ? null : 1_000,
  completed: state === 'queued' || state === 'running' ? null : 1_000 + milliseconds,
  error: null,
})
const built = (...events: BuildEvent[]) =>
  [plan, ...events].reduce((state, event) => reduceBuild(state, event, 50), startBuild(request, pinned, 0))
const end: BuildEvent = { kind: 'succeeded', image: null, tags: [], milliseconds: 900 }

/** The text after an edit, with stages carried over as the editor does. */
function edited(search: string, insert: string): Analysis {
  const from = text.indexOf(search)
  const edits = [{ from, to: from + search.length, insert }]
  return analyze(applyEdits(text, edits), undefined, { analysis: pinned, mapOffset: mapThrough(edits) })
}
const stageStates = (state: ReturnType<typeof built>, analysis = pinned) => {
  const marks = marksFor(state, analysis).stages
  return Object.fromEntries(analysis.graph.stages.map(stage => [stageTitle(stage), marks.get(stage.id)?.state ?? null]))
}
const stepStates = (state: ReturnType<typeof built>, analysis = pinned) => {
  const marks = marksFor(state, analysis).steps
  return analysis.graph.stages.flatMap(stage =>
    stage.steps.map(({ keyword, gist, instruction }) => [`${keyword} ${gist}`, marks.get(instruction)?.state ?? null]),
  )
}

test('before anything has run, the stages that the target needs wait and the others are not needed', () => {
  expect(stageStates(built())).toEqual({ build: 'queued', docs: 'not-needed', final: 'queued' })
})

test('a stage is what its steps are: failed before running before queued', () => {
  expect(stageStates(built(step('golang', 'cached'), step('workdir', 'running'))).build).toBe('running')
  expect(
    stageStates(built(step('workdir', 'done'), step('download', 'failed'), step('compile', 'running'))).build,
  ).toBe('failed')
  expect(stageStates(built(step('workdir', 'done'))).build).toBe('queued')
})

test('a stage is cached where all but its FROM are, else done, with the time it worked', () => {
  const cached = [step('golang', 'done', 5), step('workdir', 'cached'), step('download', 'cached')]
  expect(stageStates(built(...cached, step('compile', 'cached'), end)).build).toBe('cached')
  const state = built(...cached, step('compile', 'done', 700), end)
  expect(stageStates(state)).toEqual({ build: 'done', docs: 'not-needed', final: 'cached' })
  const mark = marksFor(state, pinned).stages.get(pinned.graph.stages[0]?.id ?? never())
  expect(mark?.milliseconds).toBe(705)
})

test('a running stage counts on from what its earlier steps took', () => {
  const state = built(step('workdir', 'done', 300), step('download', 'running'))
  const mark = marksFor(state, pinned).stages.get(pinned.graph.stages[0]?.id ?? never())
  expect(mark).toMatchObject({ state: 'running', runningSince: 50 - 300, milliseconds: null })
})

const whole = built(
  step('golang', 'done', 1),
  step('workdir', 'done', 1),
  step('download', 'done', 1),
  step('compile', 'done', 1),
  step('copy', 'done', 1),
  end,
)

test('an edited instruction loses its mark and its stage does; everything else keeps both', () => {
  const analysis = edited('go build -o /app', 'go build -race -o /app')
  expect(stageStates(whole, analysis)).toEqual({ build: null, docs: 'not-needed', final: 'done' })
  expect(stepStates(whole, analysis)).toEqual([
    ['WORKDIR /src', 'done'],
    ['RUN go mod download', 'done'],
    ['RUN go build -race -o /app', null],
    ['RUN npm run docs', null],
    ['COPY /app /app', 'done'],
  ])
})

test('an instruction put between others shifts no mark to the wrong one', () => {
  const analysis = edited('RUN go mod download', 'ENV CGO_ENABLED=0\nRUN go mod download')
  expect(stepStates(whole, analysis).slice(0, 4)).toEqual([
    ['WORKDIR /src', 'done'],
    ['ENV CGO_ENABLED=0', null],
    ['RUN go mod download', 'done'],
    ['RUN go build -o /app', 'done'],
  ])
})

test('comments and blank lines change no mark, and lines are found where they went', () => {
  const analysis = edited('RUN go build', '# the server\n\nRUN go build')
  expect(stageStates(whole, analysis).build).toBe('done')
  expect(currentLines(whole, analysis, [{ start: 4, end: 4 }])).toEqual({ start: 6, end: 6 })
  expect(currentLines(whole, edited('go build', 'go  build'), [{ start: 4, end: 4 }])).toBeNull()
})

test('a text that the engine refuses marks the lines it names', () => {
  const refused = built({
    kind: 'failed',
    message: 'Unknown flag.',
    detail: '',
    vertex: null,
    lines: [{ start: 8, end: 8 }],
    exitCode: null,
  })
  expect(stageStates(refused).final).toBe('failed')
  expect(stepStates(refused).at(-1)).toEqual(['COPY /app /app', 'failed'])
})

function never(): never {
  throw new Error('The text has no such stage.')
}
