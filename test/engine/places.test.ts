import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createEngineChoices } from '../../electron/host/engine/engine-choice.ts'
import { createEngine } from '../../electron/host/engine/engine.ts'
import { listPlaces, usualSockets } from '../../electron/host/engine/known-places.ts'
import type { EngineChoice, EnginePlace } from '../../shared/engine-places.ts'
import { ensureBaseImage, testEnvironment } from './base-image.ts'
import { engineUnderTest } from './building.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})
const never = new AbortController().signal
const automatic: EngineChoice = { kind: 'automatic' }
const address = (url: string): EngineChoice => ({ kind: 'address', url, certificates: null })

/** A home folder with these sockets, each of which answers as an engine of the given versions. */
async function home(sockets: readonly string[], api = '1.51', oldest = '1.24'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-home-'))
  for (const path of sockets) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    const server = createServer((request, response: ServerResponse) => {
      response.setHeader('Api-Version', api)
      response.end(request.url === '/version' ? JSON.stringify({ Version: '99.1', MinAPIVersion: oldest }) : 'OK')
    })
    open.push(server)
    await new Promise<void>(resolve => server.listen(join(folder, path), resolve))
  }
  return folder
}

function addContext(folder: string, name: string, host: string): void {
  const meta = join(folder, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'))
  mkdirSync(meta, { recursive: true })
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }))
}

const titles = async (homeDirectory: string, own: readonly EngineChoice[] = []) => {
  const search = {
    environment: { XDG_RUNTIME_DIR: join(homeDirectory, 'run') },
    homeDirectory,
    platform: 'linux' as const,
  }
  return (await listPlaces(search, automatic, own)).map(({ title }) => title)
}

test('places: automatic, contexts, the usual sockets that are there, then the user’s own', async () => {
  const folder = await home(['.colima/default/docker.sock', 'run/podman/podman.sock', 'run/docker.sock'])
  addContext(folder, 'far', 'ssh://far.example')
  expect(await titles(folder, [address('tcp://10.0.0.1:2375')])).toEqual([
    'Automatic, as the docker command',
    'Context far',
    'Default socket',
    'Colima',
    'Rootless Docker',
    'Podman of this user',
    'Your address',
  ])
})

test('on Windows the places are pipes', () => {
  const sockets = usualSockets({ environment: {}, homeDirectory: 'C:\\Users\\me', platform: 'win32' })
  expect(sockets.map(({ url }) => url)).toEqual([
    'npipe:////./pipe/docker_engine',
    'npipe:////./pipe/dockerDesktopLinuxEngine',
    'npipe:////./pipe/podman-machine-default',
  ])
})

test('each place is told at once, and again with what was met there', async () => {
  const folder = await home(['.rd/docker.sock'])
  addContext(folder, 'gone', `unix://${folder}/none.sock`)
  const environment = { DOCKER_HOST: `unix://${folder}/.rd/docker.sock`, XDG_RUNTIME_DIR: folder }
  const engine = createEngine({ environment, homeDirectory: folder, stateDirectory: folder, choices: null })
  const told: EnginePlace[] = []
  for await (const place of engine.places(never)) told.push(place)
  const asked = told.filter(({ state }) => state === null)
  expect(told).toHaveLength(2 * asked.length)
  const state = (title: string) => told.filter(place => place.title === title).at(-1)
  expect(state('Automatic, as the docker command')).toMatchObject({ chosen: true, state: { kind: 'ready' } })
  expect(state('Rancher Desktop')).toMatchObject({ chosen: false, state: { kind: 'ready', version: '99.1' } })
  expect(state('Context gone')).toMatchObject({ state: { kind: 'silent', cause: 'no-file', reason: /none\.sock/ } })
})

test('an API that is too old or too new is refused by its versions, not by a failed call', async () => {
  const tested = async (api: string, oldest: string) => {
    const folder = await home(['e.sock'], api, oldest)
    return engineUnderTest().test(address(`unix://${folder}/e.sock`), never)
  }
  expect(await tested('1.38', '1.12')).toMatchObject({ cause: 'api-too-old', reason: /1\.38.*1\.41/ })
  expect(await tested('1.99', '1.98')).toMatchObject({ cause: 'api-too-new', reason: /1\.98/ })
})

test('a choice is kept, holds for what is asked of the engine, and can be taken back', async () => {
  const folder = await home(['mine.sock'])
  const environment = { DOCKER_HOST: `unix://${folder}/none.sock` }
  const start = () =>
    createEngine({ environment, homeDirectory: folder, stateDirectory: folder, choices: createEngineChoices(folder) })
  const mine = address(`unix://${folder}/mine.sock`)
  expect((await start().inspect(never)).kind).toBe('unavailable')
  await start().choose(mine)
  expect(await start().inspect(never)).toMatchObject({ kind: 'ready', source: 'chosen in Slipway' })
  await start().forget(mine)
  expect((await start().inspect(never)).kind).toBe('unavailable')
  await expect(start().choose(address('mine.sock'))).rejects.toMatchObject({ code: 'no-engine', message: /unix:\/\// })
  await expect(start().choose({ kind: 'context', name: 'none' })).rejects.toMatchObject({
    message: /no Docker context/,
  })
})

test('the engine under test tells what it can and cannot do', async () => {
  await ensureBaseImage()
  const state = await engineUnderTest().test(address(testEnvironment.DOCKER_HOST ?? ''), never)
  if (state.kind !== 'ready') throw new Error(state.reason)
  const support = Object.fromEntries((state.features ?? []).map(each => [each.name, each.support]))
  if (state.name === 'Podman') {
    expect(support).toMatchObject({ files: 'no', cancel: 'partly', mounts: 'yes', secrets: 'partly', platforms: 'no' })
    return
  }
  // What each version and image store was seen to do; the module itself knows no version.
  const major = Number.parseInt(state.version, 10)
  expect(support).toMatchObject({
    heredocs: major > 20 ? 'yes' : 'partly',
    lint: major > 26 ? 'yes' : 'partly',
    ...{ cancel: 'yes', files: 'yes', mounts: 'yes', steps: 'yes', secrets: 'yes', anew: 'yes' },
    contexts: major > 20 ? 'yes' : 'partly',
    // Both come with the containerd image store.
    platforms: support.link === 'yes' ? 'yes' : 'partly',
  })
  expect(support.link).toMatch(major > 20 ? /yes|partly/ : /no/)
})
