import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Engine } from '../../electron/host/engine/engine-interface.ts'
import { createHost, type Host, type HostOptions } from '../../electron/host/host.ts'
import { connect } from '../../shared/bridge/connect.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { memoryPorts } from '../../shared/bridge/memory-port.ts'
import { serve } from '../../shared/bridge/serve.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { refusal } from './refusal.ts'
import { scriptedEngine } from './scripted-engine.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Opened {
  readonly api: HostApi
  readonly host: Host
  readonly folder: string
  readonly path: string
}

/** A real host behind a real bridge, with a Dockerfile in a folder of its own. */
function openHost(options: Partial<HostOptions> & { readonly engine?: Engine } = {}): Opened {
  const folder = temporaryFolder()
  const path = join(folder, 'Dockerfile')
  writeFileSync(path, 'FROM a\n')
  const host = createHost({
    engine: scriptedEngine(),
    stateDirectory: join(folder, 'state'),
    homeDirectory: folder,
    info: { version: '1.2.3', host: 'web', platform: 'linux', launchPath: null },
    ...options,
  })
  const [renderer, hostPort] = memoryPorts()
  serve(hostPort, host.implementation)
  onTestFinished(async () => {
    renderer.close()
    await host.close()
  })
  return { api: connect(renderer), host, folder, path }
}

test('a document opens with its folder as build context and goes on the recent list', async () => {
  const { api, folder, path } = openHost()
  expect(await api.call('documents.open', { path })).toMatchObject({
    ...{ path, text: 'FROM a\n', writable: true, contextDirectory: folder, draft: null, draftBase: null },
  })
  const { documents } = await api.call('documents.recent', {})
  expect(documents.map(document => document.path)).toEqual([path])
})

test('a draft is offered when the document is opened again, until the text is saved', async () => {
  const { api, path } = openHost()
  await api.call('documents.keepDraft', { path, text: 'FROM draft\n' })
  const opened = await api.call('documents.open', { path })
  expect([opened.text, opened.draft]).toEqual(['FROM a\n', 'FROM draft\n'])
  await api.call('documents.save', { path, text: 'FROM draft\n', expected: opened.fingerprint })
  expect((await api.call('documents.open', { path })).draft).toBeNull()
})

test('a draft that is what stands on disk is not offered', async () => {
  const { api, path } = openHost()
  await api.call('documents.keepDraft', { path, text: 'FROM a\n' })
  expect((await api.call('documents.open', { path })).draft).toBeNull()
})

test('text typed while a save is under way stays kept', async () => {
  const { api, path } = openHost()
  const saving = api.call('documents.save', { path, text: 'FROM b\n', expected: null })
  const keeping = api.call('documents.keepDraft', { path, text: 'FROM b\nRUN more\n' })
  await Promise.all([saving, keeping])
  expect((await api.call('documents.open', { path })).draft).toBe('FROM b\nRUN more\n')
})

test('a conflict crosses the bridge under its code', async () => {
  const { api, path } = openHost()
  const { fingerprint } = await api.call('documents.open', { path })
  writeFileSync(path, 'FROM theirs\n')
  const error = await refusal(api.call('documents.save', { path, text: 'FROM mine\n', expected: fingerprint }))
  expect(error.code).toBe('changed-on-disk')
})

test('a change on disk reaches the renderer', async () => {
  const { api, path } = openHost()
  const controller = new AbortController()
  const texts: unknown[] = []
  const watched = (async () => {
    for await (const state of api.stream('documents.watch', { path }, controller.signal))
      texts.push(state.kind === 'present' ? state.text : null)
  })()
  await expect.poll(() => texts).toEqual(['FROM a\n'])
  writeFileSync(path, 'FROM b\n')
  await expect.poll(() => texts).toEqual(['FROM a\n', 'FROM b\n'])
  controller.abort()
  expect((await refusal(watched)).code).toBe('cancelled')
})

test('documents open and save where the state folder is of no use, and the host hears why', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const reports: string[] = []
  const { api, path } = openHost({ stateDirectory: join(folder, 'file'), report: what => reports.push(what) })
  const { fingerprint } = await api.call('documents.open', { path })
  await api.call('documents.save', { path, text: 'FROM b\n', expected: fingerprint })
  expect(readFileSync(path, 'utf8')).toBe('FROM b\n')
  expect(reports.length).toBeGreaterThan(0)
})

test('the picker starts in the folder the host was started in, else at home', async () => {
  const start = temporaryFolder()
  expect((await openHost({ startDirectory: start }).api.call('folders.list', { path: null })).path).toBe(start)
  const { api, folder } = openHost()
  expect((await api.call('folders.list', { path: null })).path).toBe(folder)
  expect(await api.call('app.info', {})).toMatchObject({ version: '1.2.3', homeDirectory: folder })
})

test('a host without dialogs says so, one with dialogs passes on what was chosen', async () => {
  expect((await refusal(openHost().api.call('documents.chooseOpen', {}))).code).toBe('unknown-method')
  const dialogs = {
    chooseOpen: () => Promise.resolve('/chosen'),
    chooseFolder: () => Promise.resolve('/folder'),
    chooseSave: (suggestion: string) => Promise.resolve(`${suggestion}.new`),
  }
  const { api } = openHost({ dialogs })
  expect(await api.call('documents.chooseOpen', {})).toEqual({ path: '/chosen' })
  expect(await api.call('folders.choose', {})).toEqual({ path: '/folder' })
  expect(await api.call('documents.chooseSave', { suggestion: '/d' })).toEqual({ path: '/d.new' })
})

test('closing lets go of the builds that were not let go of, and only those', async () => {
  const released: string[] = []
  let count = 0
  const engine = scriptedEngine({
    async *build() {
      await Promise.resolve()
      yield { kind: 'started', build: `b${++count}`, engine: 'test' }
      yield { kind: 'succeeded', image: null, tags: [], milliseconds: 1 }
    },
    release: build => {
      released.push(build)
      return Promise.resolve()
    },
  })
  const { api, host } = openHost({ engine })
  const request = {
    ...{ text: 'FROM scratch\n', path: null, contextDirectory: null, target: null },
    ...{ tags: [], buildArgs: {}, noCache: false },
  }
  for (let n = 0; n < 2; n++) for await (const event of api.stream('builds.run', request)) expect(event).toBeDefined()
  await api.call('files.release', { build: 'b1' })
  await host.close()
  expect(released).toEqual(['b1', 'b2'])
})

test('a build that is stopped tells of its end, and the history says the same', async () => {
  const engine = scriptedEngine({
    async *build(_, signal) {
      yield { kind: 'started', build: 'b', engine: 'test' }
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      yield { kind: 'cancelled', milliseconds: 6_012 }
    },
  })
  const { api, path } = openHost({ engine })
  const request = {
    ...{ text: 'FROM scratch\n', path, contextDirectory: null, target: null },
    ...{ tags: [], buildArgs: {}, noCache: false },
  }
  const told: BuildEvent[] = []
  for await (const event of api.stream('builds.run', request)) {
    told.push(event)
    if (event.kind === 'started') await api.call('builds.stop', { build: event.build })
  }
  expect(told.at(-1)).toEqual({ kind: 'cancelled', milliseconds: 6_012 })
  const { entries } = await api.call('history.list', { path })
  expect(entries).toMatchObject([{ phase: 'cancelled', milliseconds: 6_012 }])
})

test('where drafts cannot be kept the sentence names the folder and what to do', async () => {
  const file = join(temporaryFolder(), 'no-folder')
  writeFileSync(file, '')
  const { api } = openHost({ stateDirectory: file })
  const refused = await refusal(api.call('documents.keepDraft', { path: null, text: 'FROM a\n' }))
  expect(refused.message).toMatch(/^Unsaved text could not be kept in .*no-folder: .*save often\.$/)
})
