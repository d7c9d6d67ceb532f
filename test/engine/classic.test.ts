import { mkdtempSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'
import { baseImage, callEngine, ensureBaseImage, testEnvironment } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, stateOfLine } from './building.ts'
import { isRunning, unusualSleep, within } from './processes.ts'
import { isPodman, withoutHeredocs } from './with-buildkit.ts'

/** A way to the real engine that refuses BuildKit's protocol, as engines and proxies without it do. */
const gate = createServer((incoming, answer) => {
  const outgoing = request(
    { socketPath: engineSocket, method: incoming.method, path: incoming.url, headers: incoming.headers },
    response => {
      answer.writeHead(response.statusCode ?? 0, response.headers)
      response.pipe(answer)
    },
  )
  outgoing.on('error', () => answer.destroy())
  answer.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
})
gate.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nno such page'))
const gatePath = join(mkdtempSync(join(tmpdir(), 'slipway-gate-')), 'docker.sock')
let engineSocket = ''
const engine = () => engineUnderTest({ ...testEnvironment, DOCKER_HOST: `unix://${gatePath}` })

beforeAll(async () => {
  await ensureBaseImage()
  const { transport } = await findEndpoint({ environment: testEnvironment, homeDirectory: '/nonexistent' })
  if (transport.kind !== 'socket') throw new Error('These tests need an engine at a socket.')
  engineSocket = transport.path
  await new Promise<void>(resolve => gate.listen(gatePath, resolve))
})
afterAll(() => gate.close())

test('without BuildKit a build goes through the classic endpoint, with its steps, output and image', async () => {
  const contextDirectory = folderOf({ 'a.txt': 'kept', 'b.txt': 'left out', '.dockerignore': 'b.txt\n' })
  const text = `FROM ${baseImage} AS first
RUN echo ${String(Math.random())} > /made; echo told
FROM first
COPY . /c/
RUN ls /c; test ! -e /c/b.txt
`
  const tags = [`localhost/slipway-test/classic:1`]
  const asked = requestFor(text, { contextDirectory, path: join(contextDirectory, 'Dockerfile'), tags })
  const told = await buildAll(engine(), asked)
  expect(told.last).toMatchObject({
    kind: 'succeeded',
    tags,
    image: expect.stringMatching(/^(sha256:)?[0-9a-f]{64}$/) as unknown,
  })
  expect([2, 4, 5].map(line => stateOfLine(told, line))).toEqual(['done', 'done', 'done'])
  expect(told.output.split('\n')).toEqual(expect.arrayContaining(['told', 'Dockerfile', 'a.txt']))
  expect((await callEngine('GET', `/images/${tags[0] ?? ''}/json`)).status).toBe(200)
  await expect(filesOf(engine(), told.build, 0)).rejects.toMatchObject({ code: 'gone', message: /need BuildKit/ })
  const again = await buildAll(engine(), asked)
  expect(stateOfLine(again, 2)).toBe('cached')
})

test('a failure has its line and exit code; a text from nowhere builds too', async () => {
  const told = await buildAll(engine(), requestFor(`FROM ${baseImage}\nRUN echo before\nRUN echo near; exit 23\n`))
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 23, lines: [{ start: 3, end: 3 }] })
  expect(stateOfLine(told, 3)).toBe('failed')
})

test('cancelling ends the build, and says where the step goes on', async () => {
  const command = isPodman ? 'sleep 9.31' : unusualSleep()
  const cancelling = new AbortController()
  const building = buildAll(engine(), requestFor(`FROM ${baseImage}\nRUN ${command}\n`), cancelling.signal)
  await within(30_000, () => isRunning(command))
  cancelling.abort()
  const told = await building
  expect(told.last.kind).toBe('cancelled')
  const words = told.events.flatMap(event => (event.kind === 'log' && event.stream === 'stderr' ? [event.text] : []))
  expect(words.some(text => text.includes('Podman does not stop'))).toBe(isPodman)
  await within(20_000, () => !isRunning(command))
})

test('what only BuildKit can do is refused in words', async () => {
  const asked = requestFor('FROM scratch\n', { options: { ...plainOptions, namedContexts: { other: '/' } } })
  await expect(buildAll(engine(), asked)).rejects.toMatchObject({ message: /named contexts, which needs BuildKit/ })
  const heredoc = buildAll(engine(), requestFor('FROM scratch\nCOPY <<E /e\ne\nE\n'))
  if (withoutHeredocs || !isPodman) await expect(heredoc).rejects.toMatchObject({ message: /does not know without/ })
  else expect((await heredoc).last.kind).toBe('succeeded')
})

test('triggers of a base image run within its FROM, and leave the steps after it where they are', async () => {
  const tags = ['slipway-test/triggers:1']
  const base = `FROM ${baseImage}\nONBUILD RUN echo first\nONBUILD RUN echo second\n`
  expect((await buildAll(engine(), requestFor(base, { tags }))).last.kind).toBe('succeeded')
  const text = `FROM ${tags[0] ?? ''}\nRUN echo own; exit 3\nRUN echo never\n`
  const told = await buildAll(engine(), requestFor(text, { noCache: true }))
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 3, lines: [{ start: 2, end: 2 }] })
  expect(stateOfLine(told, 1)).toBe('done')
  expect(told.output).toMatch(/first\n[^]*second\n[^]*own\n/)
})
