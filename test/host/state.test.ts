import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDrafts } from '../../electron/host/documents/drafts.ts'
import { createRecent } from '../../electron/host/documents/recent.ts'
import { createPlacements } from '../../electron/host/placement.ts'
import { createSettings, defaultSettings } from '../../electron/host/settings.ts'
import { stateDirectory } from '../../electron/host/state-directory.ts'
import { temporaryFolder } from './temporary-folder.ts'

test.each([
  ['linux', {}, '/home/u/.local/state/slipway'],
  ['linux', { XDG_STATE_HOME: '/x' }, '/x/slipway'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/u/.local/state/slipway'],
  ['linux', { XDG_STATE_HOME: '/x', SLIPWAY_STATE: '/own' }, '/own'],
  ['darwin', { XDG_STATE_HOME: '/x' }, '/home/u/Library/Application Support/Slipway'],
] as const)('on %s with %j the state lies in %s', (platform, environment, directory) => {
  expect(stateDirectory(environment, platform, '/home/u')).toBe(directory)
})

test('on Windows the state lies in the local application data', () => {
  expect(stateDirectory({ LOCALAPPDATA: 'D:\\local' }, 'win32', 'C:\\Users\\u')).toBe('D:\\local\\Slipway')
  expect(stateDirectory({}, 'win32', 'C:\\Users\\u')).toBe('C:\\Users\\u\\AppData\\Local\\Slipway')
})

test('everything that is kept is readable by its user alone, and nothing else is left behind', async () => {
  const state = join(temporaryFolder(), 'state')
  await createDrafts(state).keep('/p/Dockerfile', 'FROM a\n', null)
  await createRecent(state).add('/p/Dockerfile')
  await createPlacements(state).store(null, { nodes: { a: { x: 1, y: 2 } } })
  await createSettings(state).store({ ...defaultSettings, theme: 'dark' })
  const paths = readdirSync(state, { recursive: true, encoding: 'utf8' }).map(name => join(state, name))
  const files = paths.filter(path => statSync(path).isFile())
  expect(files).toHaveLength(4)
  for (const path of files) expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(state).mode & 0o777).toBe(0o700)
})

test('a draft survives as it is, apart for every path', async () => {
  const state = temporaryFolder()
  const text = '\uFEFFFROM a\r\n\u0000\ud83d'
  await createDrafts(state).keep('/p/Dockerfile', text, 'mark')
  await createDrafts(state).keep(null, 'untitled', null)
  expect(await createDrafts(state).read('/p/Dockerfile')).toEqual({ text, base: 'mark' })
  expect(await createDrafts(state).read(null)).toEqual({ text: 'untitled', base: null })
  expect(await createDrafts(state).read('/p/other')).toBeNull()
  await createDrafts(state).forget('/p/Dockerfile')
  expect(await createDrafts(state).read('/p/Dockerfile')).toBeNull()
})

test('of many drafts kept in a hurry the last one stands', async () => {
  const drafts = createDrafts(temporaryFolder())
  const kept = Array.from({ length: 30 }, (_, n) => drafts.keep('/p', `text ${n}`, null))
  await Promise.all(kept)
  expect(await drafts.read('/p')).toEqual({ text: 'text 29', base: null })
})

test('settings that cannot be understood are moved aside and the defaults hold', async () => {
  const state = temporaryFolder()
  const path = join(state, 'settings.json')
  for (const broken of ['{"theme":', '{"theme":"pink","panes":{},"tags":{}}', '[]', '\u0000']) {
    writeFileSync(path, broken)
    expect(await createSettings(state).load()).toEqual(defaultSettings)
    expect(existsSync(path)).toBe(false)
    expect(readFileSync(`${path}.corrupt`, 'utf8')).toBe(broken)
  }
  await createSettings(state).store({ ...defaultSettings, theme: 'dark' })
  expect(await createSettings(state).load()).toEqual({ ...defaultSettings, theme: 'dark' })
})

test('the recent list has the latest first, each once, twenty at most', async () => {
  const state = temporaryFolder()
  const recent = createRecent(state)
  await Promise.all(Array.from({ length: 25 }, (_, n) => recent.add(`/p/${n}`)))
  await recent.add('/p/10')
  const paths = (await createRecent(state).list()).map(({ path }) => path)
  expect(paths).toEqual(['/p/10', ...Array.from({ length: 25 }, (_, n) => `/p/${24 - n}`)].filter(unique).slice(0, 20))
  await recent.forget('/p/10')
  expect((await recent.list()).map(({ path }) => path)).not.toContain('/p/10')
})

test('positions are kept by document', async () => {
  const placements = createPlacements(temporaryFolder())
  expect(await placements.load('/p')).toEqual({ nodes: {} })
  await placements.store('/p', { nodes: { build: { x: -3.5, y: 7 } } })
  expect(await placements.load('/p')).toEqual({ nodes: { build: { x: -3.5, y: 7 } } })
  expect(await placements.load('/q')).toEqual({ nodes: {} })
})

test('a state folder that lies in a file makes keeping fail, aloud', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  chmodSync(join(folder, 'file'), 0o600)
  mkdirSync(join(folder, 'ok'))
  await expect(createDrafts(join(folder, 'file')).keep('/p', 'x', null)).rejects.toThrow(/ENOTDIR|EEXIST/)
})

function unique(path: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(path) === index
}
