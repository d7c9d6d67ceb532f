import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { RequestFrame } from '../../shared/bridge/frames.ts'
import { commandIds, commandOf } from '../../shared/commands.ts'
import { type StandIn, startStandIn } from './stand-in/stand-in.ts'

const fetchedSchema = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), text: z.string() })

/** Has the page keep what comes over the wire. */
const listen = 'void (window.heard = [], slipwayBridge.onMessage(text => window.heard.push(JSON.parse(text))))'
const sending = (frame: RequestFrame): string => `slipwayBridge.send(${JSON.stringify(JSON.stringify(frame))})`

let folder: string
let dockerfile: string
let standIn: StandIn

const fetchFromApp = async (url: string) => fetchedSchema.parse(await standIn.ask('fetch', { url }))
const windowAt = async (index: number) => (await standIn.record()).windows[index]
const shown = (index: number) =>
  vi.waitFor(async () => expect((await windowAt(index))?.shown).toBe(true), { timeout: 30_000, interval: 100 })

/** The answer to one request, once it is there. */
const answerTo = async (frame: RequestFrame, window = 0): Promise<unknown> => {
  await standIn.evaluate(sending(frame), window)
  const heard = `window.heard.filter(frame => frame.id === ${frame.id})`
  await expect.poll(() => standIn.evaluate(heard, window)).toHaveLength(1)
  return standIn.evaluate(`${heard}[0]`, window)
}

const setDirty = (id: number, dirty: boolean, window: number) =>
  answerTo({ id, kind: 'call', method: 'window.setDirty', argument: { dirty } }, window)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-electron-test-'))
  dockerfile = join(folder, 'Dockerfile')
  await writeFile(dockerfile, 'FROM scratch AS final\n')
  standIn = await startStandIn([pathToFileURL(dockerfile).href])
  await shown(0)
  await standIn.evaluate(listen)
})
afterAll(async () => {
  await standIn.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the built main process and preload, with a stand-in for Electron', () => {
  test('the window opens the file named when it was started', async () => {
    const answer = await answerTo({ id: 9001, kind: 'call', method: 'app.info', argument: {} })
    expect(answer).toMatchObject({ kind: 'result', value: { host: 'electron', launchPath: dockerfile } })
  })

  test('the real page shows the stage of that file, which came over the wire', async () => {
    await expect
      .poll(() => standIn.evaluate('document.body.innerText'), { timeout: 20_000 })
      .toMatch(/FROM scratch AS final/)
  })

  test('a method that is not in the contract is refused by its code', async () => {
    const answer = await answerTo({ id: 9002, kind: 'call', method: 'shell.run', argument: {} })
    expect(answer).toMatchObject({ kind: 'error', code: 'unknown-method' })
  })

  test('the same message is answered from the main frame and not from a frame inside it', async () => {
    await standIn.evaluate("void document.body.append(document.createElement('iframe'))")
    const sendFrom = async (frame: number, id: number) => {
      const text = JSON.stringify({ id, kind: 'call', method: 'app.info', argument: {} })
      await standIn.ask('sendFrom', { window: 0, frame, text })
    }
    await sendFrom(1, 9003)
    await sendFrom(0, 9004)
    await expect.poll(() => standIn.evaluate('window.heard.map(frame => frame.id)')).toContain(9004)
    expect(await standIn.evaluate('window.heard.map(frame => frame.id)')).not.toContain(9003)
    await standIn.evaluate("document.querySelector('iframe').remove()")
  })

  test('the page runs sandboxed, isolated and without Node', async () => {
    const { sandboxEnabled, windows, schemes } = await standIn.record()
    expect(sandboxEnabled).toBe(true)
    expect(windows[0]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      preload: expect.stringMatching(/dist\/electron\/preload\.cjs$/) as unknown,
    })
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
    expect(await standIn.evaluate('[typeof require, typeof process]')).toEqual(['undefined', 'undefined'])
  })

  test('the window appears with its background once there is something to see', async () => {
    const window = await windowAt(0)
    expect([window?.show, window?.shown]).toEqual([false, true])
    expect(window?.backgroundColor).toMatch(/^#[0-9a-f]{6}$/)
  })

  test('every page comes with a policy and its own nonce, and loads without breaking it', async () => {
    const [first, second] = [
      await fetchFromApp('app://bundle/index.html'),
      await fetchFromApp('app://bundle/index.html'),
    ]
    expect(first.status).toBe(200)
    const policy = first.headers['content-security-policy'] ?? ''
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(nonce).not.toBe('')
    expect(first.text).toContain(`content="${nonce}"`)
    expect(first.text).not.toContain('__CSP_NONCE__')
    expect(second.text).not.toContain(nonce)
    expect(first.headers['x-content-type-options']).toBe('nosniff')
    expect((await standIn.record()).errors.filter(error => /Content Security Policy/i.test(error))).toEqual([])
  })

  test.each([
    ['a path that climbs out', 'app://bundle/..%2f..%2fpackage.json', 403],
    ['a path that climbs out with backslashes', 'app://bundle/..%5c..%5cpackage.json', 403],
    ['an absolute path in disguise', 'app://bundle//etc/passwd', 404],
    ['broken escapes', 'app://bundle/%E0%A4%A', 403],
    ['a zero byte', 'app://bundle/index.html%00.png', 403],
    ['the folder itself', 'app://bundle/', 403],
    ['another host', 'app://elsewhere/index.html', 403],
    ['a file that is not there', 'app://bundle/nothing.js', 404],
    ['a file of no kind the page uses', 'app://bundle/stamps.json', 404],
  ])('%s is refused', async (_what, url, status) => {
    const answer = await fetchFromApp(url)
    expect([answer.status, answer.text.includes('slipway')]).toEqual([status, false])
  })

  test('the page cannot leave for another address', async () => {
    const address = await standIn.ask('address', { window: 0 })
    await standIn.evaluate("void (location.href = 'https://slipway.example/')")
    await standIn.evaluate('new Promise(done => setTimeout(done, 300))')
    expect(await standIn.ask('address', { window: 0 })).toBe(address)
  })

  test('window.open opens no window; an https link goes to the browser and nothing else does', async () => {
    for (const url of [
      'https://docs.docker.com/build/',
      'http://slipway.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
    ])
      await standIn.evaluate(`void window.open(${JSON.stringify(url)})`)
    await expect.poll(async () => (await standIn.record()).openedLinks).toEqual(['https://docs.docker.com/build/'])
    expect((await standIn.record()).windows).toHaveLength(1)
  })

  test('webviews and every permission but the clipboard are refused', async () => {
    expect(await standIn.ask('attachWebview', { window: 0 })).toBe(true)
    const ask = (permission: string, origin = 'app://bundle/') => standIn.ask('permission', { permission, origin })
    for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'openExternal'])
      expect([permission, await ask(permission)]).toEqual([permission, { request: false, check: false }])
    for (const permission of ['clipboard-sanitized-write', 'clipboard-read']) {
      expect(await ask(permission)).toEqual({ request: true, check: true })
      expect(await ask(permission, 'https://slipway.example/')).toEqual({ request: false, check: false })
    }
  })

  test('a menu entry reaches the page in front as the id of its command', async () => {
    await standIn.evaluate('void (window.commands = [], slipwayBridge.onCommand(id => window.commands.push(id)))')
    await standIn.ask('click', { window: 0, label: 'Save' })
    await expect.poll(() => standIn.evaluate('window.commands')).toEqual(['file.save'])
  })

  test('the menu offers every command of the table, and what cannot be done now says what it needs', async () => {
    const { menu } = await standIn.record()
    const offered = menu?.flatMap(({ submenu }) => submenu ?? []).flatMap(({ id }) => id ?? [])
    expect(offered?.toSorted()).toEqual(commandIds.filter(id => commandOf(id).group !== null).toSorted())
    await standIn.ask('click', { window: 0, label: 'Rename' })
    await expect.poll(() => standIn.evaluate('document.body.innerText')).toContain('Select a stage first.')
  })

  test('the open dialog answers the page, and starts where the last file was', async () => {
    await standIn.ask('answerNext', { kind: 'open', answer: { canceled: false, filePaths: [dockerfile] } })
    expect(await answerTo({ id: 9010, kind: 'call', method: 'documents.chooseOpen', argument: {} })).toMatchObject({
      value: { path: dockerfile },
    })
    expect(await answerTo({ id: 9011, kind: 'call', method: 'documents.chooseOpen', argument: {} })).toMatchObject({
      value: { path: null },
    })
    const opened = (await standIn.record()).dialogs.filter(dialog => dialog.kind === 'open')
    expect(opened.map(dialog => dialog.options['defaultPath'])).toEqual([undefined, folder])
  })

  test('after a reload the page is connected again', async () => {
    await standIn.ask('reload', { window: 0 })
    await standIn.evaluate(listen)
    expect(await answerTo({ id: 9020, kind: 'call', method: 'app.info', argument: {} })).toMatchObject({
      kind: 'result',
    })
  })

  test('a second start opens its file in a window of its own, and without one shows the last window', async () => {
    await standIn.ask('secondInstance', { launch: { path: null } })
    expect((await standIn.record()).windows.map(window => window.focused)).toEqual([true])
    await standIn.ask('secondInstance', { launch: { path: join(folder, 'other.Dockerfile') } })
    await shown(1)
    await standIn.evaluate(listen, 1)
    const answer = await answerTo({ id: 9030, kind: 'call', method: 'app.info', argument: {} }, 1)
    expect(answer).toMatchObject({ value: { launchPath: join(folder, 'other.Dockerfile') } })
  })

  test('a window with unsaved text asks: cancel keeps it, saving closes it once the text is saved', async () => {
    await standIn.evaluate('void (window.commands = [], slipwayBridge.onCommand(id => window.commands.push(id)))', 1)
    await setDirty(9040, true, 1)
    expect((await windowAt(1))?.edited).toBe(true)

    await standIn.ask('closeWindow', { window: 1 })
    await expect.poll(async () => (await standIn.record()).dialogs.at(-1)?.kind).toBe('message')
    expect((await windowAt(1))?.closed).toBeUndefined()
    expect(await standIn.evaluate('window.commands', 1)).toEqual([])

    // Saving is asked for and fails: the window stays, also when a later save goes well.
    await standIn.ask('answerNext', { kind: 'message', answer: { response: 0 } })
    await standIn.ask('closeWindow', { window: 1 })
    await expect.poll(() => standIn.evaluate('window.commands', 1)).toEqual(['file.save'])
    const failing = { path: join(folder, 'missing/Dockerfile'), text: '', expected: null }
    expect(await answerTo({ id: 9041, kind: 'call', method: 'documents.save', argument: failing }, 1)).toMatchObject({
      kind: 'error',
    })
    await setDirty(9042, false, 1)
    expect((await windowAt(1))?.closed).toBeUndefined()

    await setDirty(9043, true, 1)
    await standIn.ask('answerNext', { kind: 'message', answer: { response: 0 } })
    await standIn.ask('closeWindow', { window: 1 })
    await expect.poll(() => standIn.evaluate('window.commands', 1)).toEqual(['file.save', 'file.save'])
    const saving = { path: join(folder, 'other.Dockerfile'), text: 'FROM scratch\r\n', expected: null }
    await answerTo({ id: 9044, kind: 'call', method: 'documents.save', argument: saving }, 1)
    await standIn.evaluate(
      sending({ id: 9045, kind: 'call', method: 'window.setDirty', argument: { dirty: false } }),
      1,
    )
    await expect.poll(async () => (await windowAt(1))?.closed).toBe(true)
    expect(await readFile(saving.path, 'utf8')).toBe(saving.text)
  })

  test('discarding closes the last window and ends the program', async () => {
    await setDirty(9050, true, 0)
    await standIn.ask('answerNext', { kind: 'message', answer: { response: 1 } })
    await standIn.ask('closeWindow', { window: 0 })
    expect(await standIn.exited).toBe(0)
  })
})
