import { execFileSync, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dial } from '../../electron/host/engine/dial.ts'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { baseImage, ensureBaseImage, ensureBaseImageOn, testEnvironment } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, toldBy } from './building.ts'
import { startOwnEngine, withOwnEngine } from './own-engine.ts'
import { endLeftOver, isRunning, unusualSleep, within } from './processes.ts'
import { isPodman, withBuildKit } from './with-buildkit.ts'

beforeAll(ensureBaseImage)

/** Milliseconds from `calamity`, which comes when the step runs, to the build's end. */
async function untilTold(engine: ReturnType<typeof engineUnderTest>, calamity: () => unknown) {
  const command = unusualSleep()
  const events: BuildEvent[] = []
  const building = (async () => {
    for await (const event of engine.build(
      requestFor(`FROM ${baseImage}\nRUN ${command}\n`),
      new AbortController().signal,
    ))
      events.push(event)
  })()
  await within(30_000, () => isRunning(command))
  const began = performance.now()
  await calamity()
  await building
  return { milliseconds: performance.now() - began, command, last: toldBy(events).last }
}

withOwnEngine('an engine that is killed in a build is told of within 3 s, and used again once it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-killed-'))
  let own = await startOwnEngine({ folder })
  const engine = engineUnderTest(own.environment)
  try {
    await ensureBaseImageOn(own.environment)
    const socket = join(folder, 'docker.sock')
    const { ctimeNs } = statSync(socket, { bigint: true })
    const { milliseconds, command, last } = await untilTold(engine, own.kill)
    endLeftOver(command)
    expect(last).toMatchObject({ kind: 'failed', message: /connection to the engine at unix:.* was lost/ })
    expect(milliseconds).toBeLessThan(3_000)
    expect(await engine.inspect(new AbortController().signal)).toMatchObject({
      kind: 'unavailable',
      message: /no such file|nobody listens/,
    })

    rmSync(socket, { force: true })
    own = await startOwnEngine({ folder })
    expect(statSync(socket, { bigint: true }).ctimeNs).not.toBe(ctimeNs)
    const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo back > /word\n`))
    expect(told.last.kind).toBe('succeeded')
    expect((await filesOf(engine, told.build, 0)).get('word')?.size).toBe(5)
  } finally {
    await engine.close()
    await own.stop()
    // The one that was killed could not do so.
    spawnSync('umount', ['--lazy', '--recursive', join(folder, 'data')])
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Set where the engine under test is one of several that can be started again. */
const startAgain = process.env.SLIPWAY_ENGINE_START ?? null

test.skipIf(startAgain === null)(
  'the engine under test is told of within 3 s when it is killed, and builds once it is started again',
  async () => {
    const engine = engineUnderTest()
    const socket = (testEnvironment.DOCKER_HOST ?? '').slice('unix://'.length)
    const { milliseconds, command, last } = await untilTold(engine, () => endLeftOver(`unix://${socket}`))
    endLeftOver(command)
    console.log(`Told of after ${milliseconds.toFixed(0)} ms`)
    expect(last).toMatchObject({ kind: 'failed', message: /connection to the engine at unix:.* was lost/ })
    expect(milliseconds).toBeLessThan(3_000)
    execFileSync('bash', [startAgain ?? ''])
    await expect.poll(() => engine.inspect(new AbortController().signal)).toMatchObject({ kind: 'ready' })
    const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo back ${command}\n`))
    expect(told.last.kind).toBe('succeeded')
    await engine.close()
  },
)

/** A socket before the engine that knows its connections by what they were opened for. */
class Proxy {
  readonly path = join(mkdtempSync(join(tmpdir(), 'slipway-proxy-')), 'docker.sock')
  readonly #connections: { readonly near: Duplex; readonly far: Duplex; readonly first: string }[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer(near => {
      near.once('data', (chunk: Buffer) => {
        near.pause()
        void findEndpoint({ environment: testEnvironment, homeDirectory: '/nonexistent' })
          .then(endpoint => dial(endpoint, new AbortController().signal))
          .then(far => {
            this.#connections.push({ near, far, first: chunk.toString('latin1').split(/[ ?]/, 2).join(' ') })
            far.on('error', () => near.destroy()).on('close', () => near.destroy())
            near.on('error', () => far.destroy()).on('close', () => far.destroy())
            far.write(chunk)
            near.pipe(far).pipe(near)
          })
      })
    })
  }

  listen = () => new Promise<void>(resolve => this.#server.listen(this.path, resolve))

  /** Cuts the open connection that came `at`-th for this. */
  cut(first: string, at: number): void {
    const open = this.#connections.filter(each => each.first === first && !each.near.destroyed)
    const { near, far } = open[at] ?? {}
    if (!near || !far) throw new Error(`There is no connection ${at} for ${first}.`)
    near.destroy()
    far.destroy()
  }

  close = () => this.#server.close()
}

const proxy = new Proxy()
beforeAll(proxy.listen)
afterAll(proxy.close)
const behindProxy = { ...testEnvironment, DOCKER_HOST: `unix://${proxy.path}` }

/** Podman has one connection for all of a build. */
const connections: readonly (readonly [title: string, first: string, at: number])[] = isPodman
  ? [['the build itself', 'POST /build', 0]]
  : [
      ['the build itself', 'POST /grpc', 0],
      ['the session', 'POST /session', 0],
    ]
test.each(connections)(
  'a proxy that cuts %s ends the build in words within 3 s, and the next one works',
  async (_title, first, at) => {
    const engine = engineUnderTest(behindProxy)
    const { milliseconds, command, last } = await untilTold(engine, () => proxy.cut(first, at))
    expect(last).toMatchObject({ kind: 'failed', message: /connection to the engine at unix:.* was lost/ })
    expect(milliseconds).toBeLessThan(3_000)
    // Podman does not stop a step that runs.
    if (isPodman) endLeftOver(command)
    await within(3_000, () => !isRunning(command))
    expect((await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo ${command}\n`))).last.kind).toBe('succeeded')
    await engine.close()
  },
)

withBuildKit('a proxy that cuts what is told of a build leaves the build alone, and it is said', async () => {
  const engine = engineUnderTest(behindProxy)
  const contextDirectory = folderOf({ go: '' })
  const events: BuildEvent[] = []
  const text = `FROM ${baseImage}\nRUN sleep 2.${String(Date.now())} && echo done > /word\n`
  for await (const event of engine.build(requestFor(text, { contextDirectory }), new AbortController().signal)) {
    events.push(event)
    if (event.kind === 'step' && event.state === 'running' && event.name.includes('sleep')) proxy.cut('POST /grpc', 1)
  }
  const told = toldBy(events)
  expect(told.last.kind).toBe('succeeded')
  expect(events.find(({ kind }) => kind === 'warning')).toMatchObject({ message: /did not tell all of the build/ })
  expect((await filesOf(engine, told.build, 0)).get('word')?.size).toBe(5)
  await engine.close()
})
