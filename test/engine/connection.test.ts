import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dial } from '../../electron/host/engine/dial.ts'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import { baseImage, ensureBaseImage, testEnvironment } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, toldBy } from './building.ts'
import { makeCertificates } from './certificates.ts'
import { isRunning, unusualSleep, within } from './processes.ts'
import { withBuildKit } from './with-buildkit.ts'

beforeAll(ensureBaseImage)

function bridge(near: Duplex, far: Duplex): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.pipe(other)
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
}

/** A socket that leads to the real engine until it is cut. */
interface Detour {
  readonly environment: NodeJS.ProcessEnv
  readonly cut: () => void
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

async function detour(): Promise<Detour> {
  const endpoint = await findEndpoint({ environment: testEnvironment, homeDirectory: '/nonexistent' })
  const connections = new Set<Duplex>()
  const server = createServer((near: Socket) => {
    near.pause()
    void dial(endpoint, new AbortController().signal).then(far => {
      connections.add(near).add(far)
      bridge(near, far)
    })
  })
  servers.push(server)
  const path = join(mkdtempSync(join(tmpdir(), 'slipway-detour-')), 'docker.sock')
  await new Promise<void>(resolve => server.listen(path, resolve))
  return {
    environment: { ...testEnvironment, DOCKER_HOST: `unix://${path}` },
    cut: () => {
      server.close()
      for (const connection of connections) connection.destroy()
    },
  }
}

withBuildKit('an engine that is lost in the middle fails the build with a sentence, and nothing goes on', async () => {
  const { environment, cut } = await detour()
  const engine = engineUnderTest(environment)
  const command = unusualSleep()
  const building = buildAll(engine, requestFor(`FROM ${baseImage}\nRUN ${command}\n`))
  await within(20_000, () => isRunning(command))
  cut()
  const told = await building
  expect(told.last).toMatchObject({
    kind: 'failed',
    message: /connection to the engine at unix:.* was lost during the build/,
  })
  await within(3_000, () => !isRunning(command))

  const status = await engine.inspect(new AbortController().signal)
  expect(status).toMatchObject({ kind: 'unavailable', message: /no such file|nobody listens/ })
  await expect(buildAll(engine, requestFor('FROM scratch\nWORKDIR /x\n'))).rejects.toMatchObject({ code: 'no-engine' })
  await engine.close()
  const again = await buildAll(engineUnderTest(), requestFor(`FROM ${baseImage}\nRUN echo back\n`))
  expect(again.last.kind).toBe('succeeded')
})

withBuildKit('files of a build on an engine that was lost are gone, and say so', async () => {
  const { environment, cut } = await detour()
  const engine = engineUnderTest(environment)
  const told = await buildAll(engine, requestFor('FROM scratch\nWORKDIR /x\n'))
  expect((await filesOf(engine, told.build, 0)).has('x')).toBe(true)
  cut()
  await expect(filesOf(engine, told.build, 0)).rejects.toMatchObject({ code: 'gone' })
})

withBuildKit('a build and its session work over TLS with certificates on both sides', async () => {
  const endpoint = await findEndpoint({ environment: testEnvironment, homeDirectory: '/nonexistent' })
  const certificates = makeCertificates()
  const file = (name: string) => readFileSync(join(certificates, name))
  const options = {
    key: file('server-key.pem'),
    cert: file('server.pem'),
    ca: file('ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  }
  const server = createTlsServer(options, near => {
    void dial(endpoint, new AbortController().signal).then(far => bridge(near, far))
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const host = `tcp://localhost:${String(port)}`
  await expectWholeBuild({
    ...testEnvironment,
    DOCKER_HOST: host,
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: certificates,
  })
})

withBuildKit('a build and its session work through the ssh program', async () => {
  const { environment } = await detour()
  const directory = mkdtempSync(join(tmpdir(), 'slipway-ssh-'))
  const socket = (environment.DOCKER_HOST ?? '').slice('unix://'.length)
  writeFileSync(
    join(directory, 'bridge.cjs'),
    `const socket = require('net').connect(${JSON.stringify(socket)})
     process.stdin.pipe(socket).pipe(process.stdout)`,
  )
  writeFileSync(join(directory, 'ssh'), `#!/bin/sh\nexec ${process.execPath} ${directory}/bridge.cjs\n`)
  chmodSync(join(directory, 'ssh'), 0o755)
  const path = process.env.PATH ?? ''
  process.env.PATH = directory + delimiter + path
  try {
    await expectWholeBuild({ ...testEnvironment, DOCKER_HOST: 'ssh://far.example' })
  } finally {
    process.env.PATH = path
  }
})

async function expectWholeBuild(environment: NodeJS.ProcessEnv): Promise<void> {
  const engine = engineUnderTest(environment)
  const contextDirectory = folderOf({ large: 'x'.repeat(3_000_000), small: 'y' })
  const told = await buildAll(
    engine,
    requestFor(`FROM ${baseImage}\nCOPY . /c/\nRUN wc -c /c/large\n`, { contextDirectory }),
  )
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect((await filesOf(engine, told.build, 0)).get('c/large')?.size).toBe(3_000_000)
  await engine.close()
}

test('several builds run side by side', async () => {
  const engine = engineUnderTest()
  const texts = [1, 2, 3, 4].map(
    number => `FROM ${baseImage}\nRUN sleep 0.5; echo ${String(number)} ${String(Math.random())}\n`,
  )
  const all = await Promise.all(texts.map(text => buildAll(engine, requestFor(text))))
  expect(all.map(told => told.output.slice(0, 1))).toEqual(['1', '2', '3', '4'])
  await engine.close()
})

withBuildKit('closing the engine cancels what runs', async () => {
  const engine = engineUnderTest()
  const command = unusualSleep()
  const building = (async () => {
    const events = []
    for await (const event of engine.build(
      requestFor(`FROM ${baseImage}\nRUN ${command}\n`),
      new AbortController().signal,
    ))
      events.push(event)
    return toldBy(events)
  })()
  await within(20_000, () => isRunning(command))
  await engine.close()
  await within(1_000, () => !isRunning(command))
  expect((await building).last.kind).toBe('cancelled')
})

withBuildKit(
  'a session outlives the seconds after which engines drop those that do not answer',
  { timeout: 40_000 },
  async () => {
    const engine = engineUnderTest()
    const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo kept > /kept\n`))
    await new Promise(resolve => setTimeout(resolve, 12_000))
    expect((await filesOf(engine, told.build, 0)).get('kept')?.size).toBe(5)
    await engine.close()
  },
)
