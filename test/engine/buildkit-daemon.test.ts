import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEngineChoices } from '../../electron/host/engine/engine-choice.ts'
import { createEngine } from '../../electron/host/engine/engine.ts'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import { listPlaces } from '../../electron/host/engine/known-places.ts'
import { hijack } from '../../electron/host/engine/hijack.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'
import type { EngineChoice } from '../../shared/engine-places.ts'
import { baseImage, ensureBaseImage, testEnvironment } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor } from './building.ts'
import { makeCertificates } from './certificates.ts'
import { isRunning, unusualSleep, within } from './processes.ts'
import { withBuildKit } from './with-buildkit.ts'

const never = new AbortController().signal
const servers: Server[] = []
beforeAll(ensureBaseImage)
const certificates = makeCertificates()
afterAll(() => {
  for (const server of servers) server.close()
})

/** The engine's own BuildKit, as a daemon that speaks gRPC from the first byte and knows no HTTP API. */
async function serve(near: Duplex): Promise<void> {
  near.on('error', () => near.destroy())
  const endpoint = await findEndpoint({ environment: testEnvironment, homeDirectory: '/nonexistent' })
  const far = await hijack(endpoint, '/grpc', {}, never)
  far.on('error', () => near.destroy()).on('close', () => near.destroy())
  near.on('close', () => far.destroy())
  far.pipe(near).pipe(far)
}

async function listen(server: Server, at: string | number): Promise<Server> {
  servers.push(server)
  await new Promise<void>(resolve =>
    typeof at === 'string' ? server.listen(at, resolve) : server.listen(at, '127.0.0.1', resolve),
  )
  return server
}

async function overSocket(): Promise<EngineChoice> {
  const path = join(mkdtempSync(join(tmpdir(), 'slipway-buildkit-')), 'buildkitd.sock')
  await listen(
    createServer(near => void serve(near)),
    path,
  )
  return { kind: 'address', url: `unix://${path}`, certificates: null }
}

/** Wants a certificate of its clients, and HTTP/2 agreed on before the first byte, as Go's gRPC does. */
async function overTls(onName: (name: string) => void = () => undefined): Promise<string> {
  const file = (name: string) => readFileSync(join(certificates, name))
  const options = { key: file('server-key.pem'), cert: file('server.pem'), ca: file('ca.pem'), ALPNProtocols: ['h2'] }
  const server = createTlsServer({ ...options, requestCert: true, rejectUnauthorized: true }, near => {
    onName(String(near.servername))
    if (near.alpnProtocol === 'h2') void serve(near)
    else near.destroy()
  })
  const address = (await listen(server, 0)).address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `tcp://localhost:${String(port)}`
}

async function engineOn(choice: EngineChoice) {
  const folder = folderOf({})
  const choices = createEngineChoices(folder)
  await choices.choose(choice, false)
  return createEngine({ environment: {}, homeDirectory: folder, stateDirectory: folder, choices })
}

withBuildKit('a whole build over a socket: context, secret, output, files, and Stop', async () => {
  const engine = await engineOn(await overSocket())
  expect(await engine.inspect(never)).toMatchObject({ kind: 'ready', name: 'BuildKit', apiVersion: '' })

  const contextDirectory = folderOf({ large: 'x'.repeat(3_000_000), token: 'open sesame' })
  const options = { ...plainOptions, secrets: [{ id: 'token', kind: 'file' as const, source: 'token' }] }
  const text = `FROM ${baseImage}\nCOPY large /\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token\n`
  const told = await buildAll(engine, requestFor(text, { contextDirectory, options, tags: ['slipway-test/never:1'] }))
  expect(told.last).toMatchObject({ kind: 'succeeded', image: null, tags: [] })
  expect(told.events.find(({ kind }) => kind === 'warning')).toMatchObject({ message: /keeps no images/ })
  expect((await filesOf(engine, told.build, 0)).get('large')?.size).toBe(3_000_000)

  const command = unusualSleep()
  const stop = new AbortController()
  const building = buildAll(engine, requestFor(`FROM ${baseImage}\nRUN ${command}\n`), stop.signal)
  await within(20_000, () => isRunning(command))
  stop.abort()
  await within(3_000, () => !isRunning(command))
  expect((await building).last.kind).toBe('cancelled')
  await engine.close()
})

withBuildKit('a build over TLS, with certificates on both sides', async () => {
  const engine = await engineOn({ kind: 'address', url: await overTls(), certificates })
  const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo far ${unusualSleep()}\n`))
  expect(told).toMatchObject({ last: { kind: 'succeeded' }, output: /^far/ })
  await engine.close()
})

withBuildKit('a builder that buildx knows is listed, and built on over TLS with its certificates', async () => {
  const file = (name: string) => join(certificates, name)
  const options = { cacert: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') }
  const builder = (name: string, Driver: string, Endpoint: string, DriverOpts: typeof options | null) =>
    JSON.stringify({ Name: name, Driver, Nodes: [{ Name: `${name}0`, Endpoint, Platforms: null, DriverOpts }] })
  const homeDirectory = folderOf({
    '.docker/buildx/instances/farm': builder('farm', 'remote', await overTls(), options),
    '.docker/buildx/instances/box': builder('box', 'docker-container', 'unix:///var/run/docker.sock', null),
    '.docker/buildx/instances/pod': builder('pod', 'remote', 'kube-pod://pod', null),
    '.docker/buildx/instances/broken': '{',
  })
  const search = { environment: {}, homeDirectory }
  const listed = await listPlaces(search, { kind: 'automatic' }, [])
  expect(listed.map(({ title }) => title).filter(title => title.startsWith('Builder'))).toEqual([
    'Builder farm',
    'Builder pod',
  ])
  const choices = createEngineChoices(homeDirectory)
  const engine = createEngine({ ...search, stateDirectory: homeDirectory, choices })
  await engine.choose({ kind: 'builder', name: 'farm' })
  expect(await engine.inspect(never)).toMatchObject({ kind: 'ready', name: 'BuildKit', source: 'builder farm' })
  const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo far ${unusualSleep()}\n`))
  expect(told).toMatchObject({ last: { kind: 'succeeded' }, output: /^far/ })
  await expect(engine.choose({ kind: 'builder', name: 'pod' })).rejects.toThrow(/over tcp:\/\/ and unix:\/\/ only/)
  await expect(engine.choose({ kind: 'builder', name: 'gone' })).rejects.toThrow(/no buildx builder “gone” any more/)
  await engine.close()
})

withBuildKit('BUILDX_CONFIG names where builders are, and a builder by which name its certificate is for', async () => {
  const file = (name: string) => join(certificates, name)
  const names: string[] = []
  const builder = async (Name: string, servername: string) =>
    JSON.stringify({
      ...{ Name, Driver: 'remote' },
      Nodes: [
        {
          Endpoint: (await overTls(name => names.push(name))).replace('localhost', '127.0.0.1'),
          DriverOpts: { cacert: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem'), servername },
        },
      ],
    })
  const BUILDX_CONFIG = folderOf({
    'instances/farm': await builder('farm', 'farm.example'),
    'instances/other': await builder('other', 'other.example'),
  })
  const homeDirectory = folderOf({})
  const choices = createEngineChoices(homeDirectory)
  const engine = createEngine({ environment: { BUILDX_CONFIG }, homeDirectory, stateDirectory: homeDirectory, choices })
  await engine.choose({ kind: 'builder', name: 'farm' })
  expect((await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN true\n`))).last.kind).toBe('succeeded')
  expect(new Set(names)).toEqual(new Set(['farm.example']))
  const state = await engine.test({ kind: 'builder', name: 'other' }, never)
  expect(state).toMatchObject({ kind: 'silent', cause: 'certificates', reason: /other\.example/ })
  await engine.close()
})

withBuildKit('what it can and cannot do is told feature by feature', async () => {
  const state = await engineUnderTest().test(await overSocket(), never)
  if (state.kind !== 'ready') throw new Error(state.reason)
  const features = Object.fromEntries((state.features ?? []).map(({ name, support }) => [name, support]))
  expect(features).toMatchObject({ images: 'no', platforms: 'yes', files: 'yes', cancel: 'yes' })
  const engine = await engineOn(await overSocket())
  expect(await engine.images(never)).toEqual([])
  expect((await engine.inspectImages([baseImage], never)).images).toEqual({})
})

test('a connection that fails says why', async () => {
  const url = await overTls()
  const reason = async (choice: EngineChoice) => {
    const state = await engineUnderTest().test(choice, never)
    return state.kind === 'silent' ? `${state.cause}: ${state.reason}. ${state.advice}` : state.name
  }
  const address = (at: string, folder: string | null): EngineChoice => ({
    kind: 'address',
    url: at,
    certificates: folder,
  })
  const other = makeCertificates()
  expect(await reason(address(url, null))).toMatch(/^other: it closed the connection .* wants TLS, name the folder/)
  expect(await reason(address(url, other))).toMatch(/^certificates: its certificate is not signed by/)
  // Its authority is trusted, ours is not.
  copyFileSync(join(certificates, 'ca.pem'), join(other, 'ca.pem'))
  expect(await reason(address(url, other))).toMatch(
    /does not accept the certificate of this side|may not accept the certificate in cert.pem/,
  )
  expect(await reason(address('tcp://localhost:1', certificates))).toMatch(/^refused: nobody listens/)
})
