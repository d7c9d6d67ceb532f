import { expect, test } from 'vitest'
import { createBuildStore } from '../../renderer/builds/build-store.ts'
import { analyze } from '../../shared/analysis.ts'
import { connect } from '../../shared/bridge/connect.ts'
import type { HostImplementation } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { memoryPorts } from '../../shared/bridge/memory-port.ts'
import { serve } from '../../shared/bridge/serve.ts'
import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import { recordedBuild } from '../../shared/builds/build-record.ts'
import { logOf } from '../../shared/builds/build-state.ts'
import { logLength } from '../../shared/builds/log-buffer.ts'
import { historyEntry } from '../../shared/builds/replay-build.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { scriptedHost } from '../bridge/scripted-host.ts'

const text = 'FROM golang AS build\nRUN make\nFROM scratch\nCOPY --from=build /app /app\n'
const request: BuildRequest = {
  text,
  path: null,
  contextDirectory: null,
  target: null,
  tags: [],
  buildArgs: {},
  noCache: false,
}
const analysis = analyze(text)

/** The store over a real bridge to a host whose builds do what the test says; frames come when `frame` is called. */
function storeOver(run: HostImplementation['builds.run'], others: Partial<HostImplementation> = {}) {
  const [page, host] = memoryPorts()
  const released: string[] = []
  const stopped: string[] = []
  serve(
    host,
    scriptedHost({
      'builds.run': run,
      'builds.stop': ({ build }) => {
        stopped.push(build)
        return Promise.resolve({})
      },
      ...others,
      'files.release': ({ build }) => {
        released.push(build)
        return Promise.resolve({})
      },
    }),
  )
  let due: (() => void) | null = null
  let frames = 0
  const store = createBuildStore(connect(page), {
    appointment: show => {
      due = show
      frames += 1
      return () => (due = null)
    },
  })
  return {
    store,
    released,
    stopped,
    host,
    frame: () => due?.(),
    frames: () => frames,
    phase: () => store.getState().build?.phase,
  }
}

const started = (build: string): BuildEvent => ({ kind: 'started', build, engine: 'Docker 28' })
const planned: BuildEvent = {
  kind: 'planned',
  steps: [2, 4].map(line => ({ vertex: `line ${line}`, name: '', lines: [{ start: line, end: line }], inputs: [] })),
}
const done = (line: number): BuildEvent => ({
  kind: 'step',
  vertex: `line ${line}`,
  name: '',
  state: 'done',
  started: 1,
  completed: 2,
  error: null,
})
const succeeded: BuildEvent = { kind: 'succeeded', image: null, tags: [], milliseconds: 12 }
const failed: BuildEvent = {
  kind: 'failed',
  message: 'COPY failed.',
  detail: '',
  vertex: 'line 4',
  lines: [{ start: 4, end: 4 }],
  exitCode: null,
}
async function* events(...all: BuildEvent[]) {
  for (const event of all) yield await Promise.resolve(event)
}
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new HostError('cancelled', 'Gone.'))))

test('a thousand lines of output are drawn in one frame', async () => {
  const lines = Array.from({ length: 1_000 }, (): BuildEvent => ({
    kind: 'log',
    vertex: 'line 2',
    stream: 'stdout',
    text: 'x\n',
  }))
  const { store, frame, frames } = storeOver(async function* (_, signal) {
    yield* [started('b1'), planned, ...lines]
    await untilAborted(signal)
  })
  let drawn = 0
  store.subscribe(() => (drawn += 1))
  store.start(request, analysis)
  await expect.poll(frames).toBe(1)
  await new Promise(resolve => setTimeout(resolve, 100))
  const before = drawn
  frame()
  expect(drawn).toBe(before + 1)
  const { build } = store.getState()
  expect(build === null ? 0 : logLength(logOf(build, 'line 2'))).toBe(1_000)
  store.cancel()
})

test('a good build leaves its stages to look into until another one does, and then to compare with', async () => {
  let build = 0
  const { store, released, phase } = storeOver(() => {
    build += 1
    if (build === 2) throw new HostError('no-engine', 'No engine answers.')
    if (build === 4) return events(started('b4'), planned, failed)
    return events(started(`b${build}`), planned, done(2), done(4), succeeded)
  })
  store.start(request, analysis)
  await expect.poll(phase).toBe('succeeded')
  expect(store.getState().held).toBe('b1')
  expect(store.getState().heldStages.map(stageTitle)).toEqual(['build', 'stage 1'])

  store.start(request, analysis)
  await expect.poll(phase).toBe('failed')
  expect(store.getState()).toMatchObject({ held: 'b1', build: { failure: { message: 'No engine answers.' } } })
  expect(released).toEqual([])

  store.start(request, analysis)
  await expect.poll(phase).toBe('succeeded')
  expect(store.getState().held).toBe('b3')
  expect(store.getState().heldBefore?.build).toBe('b1')
  expect(released).toEqual([])

  store.start(request, analysis)
  await expect.poll(phase).toBe('failed')
  expect(store.getState()).toMatchObject({ held: 'b3', heldBefore: { build: 'b1' } })
  await expect.poll(() => released).toEqual(['b4'])

  store.start(request, analysis)
  await expect.poll(phase).toBe('succeeded')
  expect(store.getState()).toMatchObject({ held: 'b5', heldBefore: { build: 'b3' } })
  await expect.poll(() => released).toEqual(['b4', 'b1'])
})

test('a failed build leaves the stages that were finished', async () => {
  const { store, phase } = storeOver(() => events(started('b1'), planned, done(2), failed))
  store.start(request, analysis)
  await expect.poll(phase).toBe('failed')
  expect(store.getState().held).toBe('b1')
  expect(store.getState().heldStages.map(stageTitle)).toEqual(['build'])
})

test('a build that is stopped ends when the host says so, after as long as the host says', async () => {
  let stop = () => undefined as unknown
  const { store, stopped, frame, frames, phase } = storeOver(async function* () {
    yield started('b1')
    await new Promise<unknown>(resolve => (stop = () => resolve(null)))
    yield { kind: 'cancelled', milliseconds: 6_012 }
  })
  store.start(request, analysis)
  await expect.poll(frames).toBe(1)
  frame()
  expect(phase()).toBe('running')
  store.cancel()
  expect(store.getState()).toMatchObject({ stopping: true, build: { phase: 'running' } })
  await expect.poll(() => stopped).toEqual(['b1'])
  stop()
  await expect.poll(phase).toBe('cancelled')
  expect(store.getState()).toMatchObject({ held: null, build: { milliseconds: 6_012 } })
})

test('a build that nobody has taken on yet is left when it is stopped', async () => {
  let left = false
  const { store, phase } = storeOver(async function* (_, signal) {
    signal.addEventListener('abort', () => (left = true))
    yield* []
    await untilAborted(signal)
  })
  store.start(request, analysis)
  store.cancel()
  await expect.poll(phase).toBe('cancelled')
  await expect.poll(() => left).toBe(true)
})

test('a file that is opened shows its last build again, and lets go of what another one left', async () => {
  const path = '/p/Dockerfile'
  const recorder = recordedBuild({ ...request, path })
  for (const event of [started('old'), planned, done(2), failed]) recorder.take(event)
  const began = Date.now() - 60_000
  const { store, released, phase } = storeOver(() => events(started('b1'), planned, done(2), done(4), succeeded), {
    'history.list': asked =>
      Promise.resolve({ entries: asked.path === path ? [historyEntry('1-a', began, recorder.finish())] : [] }),
    'history.read': () => Promise.resolve(recorder.finish()),
  })
  await store.reopen(path)
  expect(store.getState()).toMatchObject({ held: null, build: { phase: 'failed', build: 'old' } })
  expect(performance.timeOrigin + (store.getState().build?.began ?? 0)).toBeCloseTo(began, 0)

  store.start({ ...request, path }, analysis)
  await expect.poll(phase).toBe('succeeded')
  await store.reopen(path)
  expect(store.getState().held).toBe('b1')
  await store.reopen('/p/other')
  expect(store.getState()).toMatchObject({ held: null, build: null })
  await expect.poll(() => released).toEqual(['b1'])
})

test('a build started over another takes its place, and nothing of the first is shown any more', async () => {
  let build = 0
  const { store, phase } = storeOver(async function* (_, signal) {
    build += 1
    yield started(`b${build}`)
    if (build === 1) await untilAborted(signal)
    yield succeeded
  })
  store.start(request, analysis)
  store.start(request, analysis)
  await expect.poll(phase).toBe('succeeded')
  expect(store.getState().build?.build).toBe('b2')
})

test('a host that is lost, and a stream that just ends, are failures with a sentence', async () => {
  const lost = storeOver(async function* (_, signal) {
    yield started('b1')
    await untilAborted(signal)
  })
  lost.store.start(request, analysis)
  await expect.poll(lost.frames).toBe(1)
  lost.host.close()
  await expect.poll(lost.phase).toBe('failed')
  expect(lost.store.getState().build?.failure?.message).toMatch(/^[A-Z].+\.$/u)

  const silent = storeOver(() => events(started('b1')))
  silent.store.start(request, analysis)
  await expect.poll(silent.phase).toBe('failed')
  expect(silent.store.getState().build?.failure?.message).toContain('ended without saying how')
})
