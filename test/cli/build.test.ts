import { expect, test } from 'vitest'
import type { Engine } from '../../electron/host/engine/engine-interface.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { slipway } from './command-line.ts'

const Dockerfile = 'FROM a AS one\nFROM b\nRUN make\nFROM one AS three\n'

interface Recorded {
  readonly engine: Engine
  readonly requests: BuildRequest[]
  readonly calls: string[]
}

/** Plays `events`, and keeps what it was asked: what the command line makes of them is what is tested here. */
function playing(events: readonly BuildEvent[], entries: readonly FileEntry[] = []): Recorded {
  const requests: BuildRequest[] = []
  const calls: string[] = []
  const engine = scriptedEngine({
    async *build(request) {
      requests.push(request)
      for (const event of events) {
        await Promise.resolve()
        yield event
      }
    },
    async *listFiles(reference) {
      calls.push(`list ${reference.build} ${reference.stage}`)
      await Promise.resolve()
      for (const entry of entries) yield { entries: [entry] }
    },
    release: build => {
      calls.push(`release ${build}`)
      return Promise.resolve()
    },
    close: () => {
      calls.push('close')
      return Promise.resolve()
    },
  })
  return { engine, requests, calls }
}

const started: BuildEvent = { kind: 'started', build: 'b1', engine: 'Docker 1' }
const succeeded: BuildEvent = { kind: 'succeeded', image: null, tags: [], milliseconds: 61_500 }
const step = (
  vertex: string,
  state: 'queued' | 'running' | 'cached' | 'done' | 'failed',
  completed = 0,
): BuildEvent => ({
  ...{ kind: 'step', vertex, name: `name of ${vertex}`, state, started: 1000, completed },
  error: state === 'failed' ? 'exit code: 2' : null,
})
const log = (vertex: string, text: string, stream: 'stdout' | 'stderr' = 'stdout'): BuildEvent => ({
  ...{ kind: 'log', vertex, stream, text },
})

test('progress is told line by line: steps by number, output by whole lines, the end with its time', async () => {
  const { engine } = playing([
    started,
    { kind: 'planned', steps: [{ vertex: 'm', name: '[two 2/2] RUN make', lines: [], inputs: [] }] },
    step('p', 'queued'),
    step('p', 'cached'),
    step('m', 'running'),
    step('m', 'running'),
    log('m', 'com'),
    log('m', 'oops\n', 'stderr'),
    log('m', 'piling\n\u001b[32mgreen\u001b[0m\r\n10%\r20%\nlast'),
    step('m', 'done', 3500),
    step('m', 'done', 3600),
    { kind: 'warning', rule: 'R', message: 'Careful.', lines: [{ start: 3, end: 3 }] },
    succeeded,
  ])
  const { status, stdout, stderr } = await slipway(
    ['build', 'Dockerfile'],
    { Dockerfile },
    { createEngine: () => engine },
  )
  expect([status, stdout]).toEqual([0, ''])
  expect(stderr.trimEnd().split('\n')).toEqual([
    'Building on Docker 1.',
    '#1 name of p',
    '#1 CACHED',
    '#2 [two 2/2] RUN make',
    '#2 | oops',
    '#2 | compiling',
    '#2 | green',
    '#2 | 20%',
    '#2 | last',
    '#2 DONE 2.5s',
    'warning: Careful. (line 3)',
    'Built three in 1 min 2 s.',
  ])
})

test('the request holds what was asked for; the image id goes to stdout', async () => {
  const { engine, requests, calls } = playing([
    started,
    { kind: 'succeeded', image: 'sha256:1', tags: ['app:1', 'app:2'], milliseconds: 100 },
  ])
  const words = ['build', 'Dockerfile', '--target', 'ONE', '-t', 'app:1', '--tag', 'app:2', '--build-arg', 'A=1']
  const { status, stdout, stderr } = await slipway(
    [...words, '--context', '/ctx', '--no-cache'],
    { Dockerfile },
    { createEngine: () => engine },
  )
  expect([status, stdout]).toEqual([0, 'sha256:1\n'])
  expect(stderr).toContain('Built one in 0.1 s and tagged app:1, app:2.')
  expect(requests).toMatchObject([
    { text: Dockerfile, contextDirectory: '/ctx', target: 'ONE', tags: ['app:1', 'app:2'], buildArgs: { A: '1' } },
  ])
  expect(requests[0]?.noCache).toBe(true)
  expect(requests[0]?.path).toMatch(/\/Dockerfile$/)
  expect(calls).toEqual(['close'])
})

test('an unnamed stage is asked for by its index, a name that is none is answered with the list', async () => {
  const { engine, requests } = playing([started, succeeded])
  await slipway(['build', 'Dockerfile', '--target', '1'], { Dockerfile }, { createEngine: () => engine })
  expect(requests[0]?.target).toBe(1)
  const refused = await slipway(
    ['build', 'Dockerfile', '--target', 'x'],
    { Dockerfile },
    { createEngine: () => engine },
  )
  expect(refused).toMatchObject({ status: 2, stderr: 'There is no stage "x". The stages are: one, 1, three.\n' })
  const empty = await slipway(['tree', 'Dockerfile'], { Dockerfile: '# nothing\n' }, { createEngine: () => engine })
  expect(empty).toMatchObject({ status: 2, stderr: expect.stringContaining('has no stage') as unknown })
  expect(requests).toHaveLength(1)
})

test('a failed build has status 1 and says where, one without an engine status 2', async () => {
  const { engine, calls } = playing([
    started,
    step('m', 'running'),
    step('m', 'failed'),
    {
      ...{ kind: 'failed', message: 'RUN make in line 3 ended with 2.', detail: 'process did not complete' },
      vertex: 'm',
      ...{ lines: [{ start: 3, end: 3 }], exitCode: 2 },
    },
  ])
  const failed = await slipway(['build', 'Dockerfile'], { Dockerfile }, { createEngine: () => engine })
  expect([failed.status, failed.stdout]).toEqual([1, ''])
  expect(failed.stderr).toContain('#1 ERROR: exit code: 2\nRUN make in line 3 ended with 2.\nprocess did')
  expect(calls).toEqual(['close'])
  const none = await slipway(['build', 'Dockerfile'], { Dockerfile })
  expect([none.status, none.stderr]).toEqual([2, 'This test has no engine.\n'])
})

test('Ctrl-C reaches the engine, whichever way it then ends', async () => {
  for (const throws of [false, true]) {
    const controller = new AbortController()
    const closed: string[] = []
    const engine = scriptedEngine({
      async *build(_request, signal) {
        yield started
        setTimeout(() => {
          controller.abort()
        }, 5)
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => {
            resolve()
          })
        })
        if (throws) throw new HostError('cancelled', 'Stopped.')
        yield { kind: 'cancelled', milliseconds: 5 }
      },
      close: () => Promise.resolve(void closed.push('closed')),
    })
    const context = { createEngine: () => engine, signal: controller.signal }
    const { status, stderr } = await slipway(['build', 'Dockerfile'], { Dockerfile }, context)
    expect([status, stderr]).toEqual([1, 'Building on Docker 1.\nThe build was cancelled.\n'])
    expect(closed).toEqual(['closed'])
  }
})

const entry = (path: string, rest: Partial<FileEntry> = {}): FileEntry => ({
  ...{ path, kind: 'file', size: 0, mode: 0o644, uid: 0, gid: 0, link: '', modified: 0 },
  ...rest,
})
const entries = [
  entry('b.txt', { size: 5 }),
  entry('usr', { kind: 'directory', mode: 0o755 }),
  entry('usr/bin', { kind: 'directory', mode: 0o755 }),
  entry('usr/bin/app', { size: 1000, mode: 0o4755, uid: 65532, gid: 65532 }),
  entry('usr/bin/link', { kind: 'symlink', mode: 0o777, link: 'app' }),
  entry('evil\u001b[2J\n', { size: 1 }),
]

test('tree lists the chosen stage with owners, links and what folders add up to', async () => {
  const { engine, calls } = playing([started, succeeded], entries)
  const words = ['tree', 'Dockerfile', '--target', '1']
  const { status, stdout } = await slipway(words, { Dockerfile }, { createEngine: () => engine })
  expect(status).toBe(0)
  expect(stdout.split('\n')).toEqual([
    'drwxr-xr-x 0:0         1000 /usr/',
    'drwxr-xr-x 0:0         1000 /usr/bin/',
    '-rwsr-xr-x 65532:65532 1000 /usr/bin/app',
    'lrwxrwxrwx 0:0            0 /usr/bin/link → app',
    '-rw-r--r-- 0:0            5 /b.txt',
    '-rw-r--r-- 0:0            1 /evil\\x1b[2J\\n',
    '4 files, 1006 bytes.',
    '',
  ])
  expect(calls).toEqual(['list b1 1', 'release b1', 'close'])
})

test('tree as JSON has every entry as it came', async () => {
  const { engine } = playing([started, succeeded], entries)
  const words = ['tree', 'Dockerfile', '--format', 'json']
  const { stdout } = await slipway(words, { Dockerfile }, { createEngine: () => engine })
  expect(JSON.parse(stdout)).toEqual({ stage: { index: 2, name: 'three', title: 'three' }, entries })
})

test('expectations that are missing, unreadable or for no stage are no silence', async () => {
  const run = (words: readonly string[], files: Readonly<Record<string, string>> = {}) =>
    slipway(
      ['build', 'Dockerfile', ...words],
      { Dockerfile, ...files },
      { createEngine: () => playing([started, succeeded]).engine },
    )
  const none = await run(['--verify'])
  expect([none.status, none.stderr]).toEqual([2, expect.stringMatching(/There is no .*\/Dockerfile\.expect\.json/)])
  const wrong = await run(['--expect', 'e.json'], { 'e.json': '{"stages": {"one": [{"path": "a"}]}}' })
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/stages\.one\.0\.path: a path begins with \//),
  ])
  const unknown = await run(['--expect', 'e.json'], { 'e.json': '{"stages": {"four": [{"path": "/a"}]}}' })
  expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('There is no stage four')])
})
