import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBuildHistory } from '../../electron/host/build-history.ts'
import { createBuildProfiles } from '../../electron/host/build-profiles.ts'
import { recordedBuild, type RecordedBuild } from '../../shared/builds/build-record.ts'
import { replayBuild } from '../../shared/builds/replay-build.ts'
import { sizesOf } from '../../shared/builds/build-sizes.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { entry } from '../files/naive-tree.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'
import { noProfiles } from '../../shared/builds/build-profiles.ts'
import { logLines } from '../../shared/builds/log-buffer.ts'
import { logOf } from '../../shared/builds/build-state.ts'
import { temporaryFolder } from './temporary-folder.ts'

const request = {
  ...{ text: 'FROM scratch AS app\nCOPY a /\n', path: '/p/Dockerfile', contextDirectory: '/p', target: null },
  ...{ tags: ['app:1'], buildArgs: {}, noCache: false },
}

function built(text = request.text, output = 'said\n'): RecordedBuild {
  const recorder = recordedBuild({ ...request, text })
  recorder.take({ kind: 'started', build: 'b', engine: 'Docker' })
  const step = { kind: 'step', vertex: 'v', name: '[1/1] COPY a /', error: null } as const
  recorder.take({
    kind: 'planned',
    steps: [{ vertex: 'v', name: step.name, lines: [{ start: 2, end: 2 }], inputs: [] }],
  })
  recorder.take({ ...step, state: 'running', started: 1000, completed: null })
  recorder.take({ kind: 'log', vertex: 'v', stream: 'stdout', text: output })
  recorder.take({ ...step, state: 'done', started: 1000, completed: 1250 })
  recorder.take({ kind: 'succeeded', image: null, tags: ['app:1'], milliseconds: 300 })
  return recorder.finish()
}

test('a build is listed and comes back as it ended, readable by its user alone', async () => {
  const state = temporaryFolder()
  await createBuildHistory(state).add(5000, built())
  const history = createBuildHistory(state)
  const [entry] = await history.list(request.path)
  expect(entry).toMatchObject({
    began: 5000,
    phase: 'succeeded',
    milliseconds: 300,
    target: 'app',
    steps: 1,
    cached: 0,
  })
  expect(await history.list('/other')).toEqual([])
  const again = replayBuild(await history.read(request.path, entry?.id ?? ''))
  expect(again.phase).toBe('succeeded')
  expect(again.steps[0]).toMatchObject({ state: 'done', started: 1000, completed: 1250 })
  expect(logLines(logOf(again, 'v'))).toEqual([{ text: 'said', stream: 'stdout' }])
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).map(name => join(state, name))
  for (const path of files.filter(path => statSync(path).isFile())) expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('what the files of a build weigh is kept with it, and with no other', async () => {
  const history = createBuildHistory(temporaryFolder())
  await history.add(5000, built())
  const tree = new FileTree()
  tree.add([{ ...entry('a', 'file'), size: 7 }])
  await history.weigh(request.path, 'another', sizesOf(request, new Map()))
  await history.weigh(request.path, 'b', sizesOf(request, new Map([[0, tree]])))
  const [{ id } = { id: '' }] = await history.list(request.path)
  const { analysis } = replayBuild(await history.read(request.path, id))
  expect([...analysis.loads.weights.values()]).toEqual([{ files: 1, bytes: 7, shippedBytes: null }])
})

test('the oldest builds make room: of a file beyond a count, of all files beyond a size', async () => {
  const state = temporaryFolder()
  const few = createBuildHistory(state, { builds: 3, bytes: 1e9 })
  for (let began = 1; began <= 5; began++) await few.add(began, built())
  expect((await few.list(request.path)).map(({ began }) => began)).toEqual([5, 4, 3])
  const small = createBuildHistory(state, { builds: 9, bytes: 20_000 })
  await small.add(6, built(request.text, 'x'.repeat(15_000)))
  expect((await small.list(request.path)).map(({ began }) => began)).toContain(6)
  await small.add(7, built(request.text, 'x'.repeat(15_000)))
  expect((await small.list(request.path)).map(({ began }) => began)).toEqual([7])
})

test('of a step that prints without end the last words are kept', () => {
  const recorder = recordedBuild(request)
  for (let n = 0; n < 20_000; n++)
    recorder.take({ kind: 'log', vertex: 'v', stream: 'stdout', text: `${n} ${'x'.repeat(99)}\n` })
  const { events } = recorder.finish()
  const text = events.map(event => (event.kind === 'log' ? event.text : '')).join('')
  expect(text.length).toBeLessThanOrEqual(200_000)
  expect(text.endsWith(`19999 ${'x'.repeat(99)}\n`)).toBe(true)
})

test('one build or all of a file are deleted, and what is gone is said to be gone', async () => {
  const history = createBuildHistory(temporaryFolder())
  for (const began of [1, 2, 3]) await history.add(began, built())
  const [newest] = await history.list(request.path)
  await history.remove(request.path, newest?.id ?? '')
  expect((await history.list(request.path)).map(({ began }) => began)).toEqual([2, 1])
  await expect(history.read(request.path, newest?.id ?? '')).rejects.toMatchObject({ code: 'gone' })
  await history.remove(request.path, null)
  expect(await history.list(request.path)).toEqual([])
})

test('how a file is built is remembered for that file', async () => {
  const state = temporaryFolder()
  const options = { ...plainOptions, secrets: [{ id: 'key', kind: 'file', source: 'key.txt' } as const] }
  const profiles = { last: { noCache: true, options }, named: {} }
  await createBuildProfiles(state).store('/p/Dockerfile', profiles)
  expect(await createBuildProfiles(state).load('/p/Dockerfile')).toEqual(profiles)
  expect(await createBuildProfiles(state).load(null)).toEqual(noProfiles)
})
