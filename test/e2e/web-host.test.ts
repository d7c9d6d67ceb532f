import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { createHost } from '../../electron/host/host.ts'
import { startWebHost } from '../../electron/web.ts'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { temporaryFolder } from '../host/temporary-folder.ts'

const browserProgram = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
const browserWords = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]

test('the bridge works in a browser under the content security policy, and no other page can use it', async () => {
  const folder = temporaryFolder()
  const rendererDirectory = join(folder, 'page')
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'bridge-page'),
    logLevel: 'warn',
    build: { outDir: rendererDirectory, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  })
  const path = join(folder, 'Dockerfile')
  writeFileSync(path, 'FROM a\n')
  const web = await startWebHost({
    createHost: () =>
      createHost({
        engine: scriptedEngine(),
        stateDirectory: join(folder, 'state'),
        homeDirectory: folder,
        info: { version: '1', host: 'web', platform: 'linux', launchPath: null },
      }),
    rendererDirectory,
    log: () => undefined,
  })
  onTestFinished(() => web.close())
  const browser = await chromium.launch({ executablePath: browserProgram, args: browserWords })
  onTestFinished(() => browser.close())
  const context = await browser.newContext()
  const page = await context.newPage()
  const consoleErrors: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') consoleErrors.push(message.text())
  })

  await page.goto(web.url)
  expect(page.url()).toBe(`http://127.0.0.1:${web.port}/`)
  const told = () => page.evaluate(() => window.told)
  await expect.poll(told).toEqual(['web', 'rgb(1, 2, 3)'])
  await page.evaluate(watched => window.watch(watched), path)
  await expect.poll(told).toEqual(['web', 'rgb(1, 2, 3)', 'FROM a\n'])
  writeFileSync(path, 'FROM b\n')
  await expect.poll(async () => (await told()).at(-1)).toBe('FROM b\n')
  expect(consoleErrors).toEqual([])

  await page.reload()
  await expect.poll(told).toEqual(['web', 'rgb(1, 2, 3)'])
  const stranger = await (await browser.newContext()).newPage()
  expect((await stranger.goto(web.url))?.status()).toBe(403)

  // In the same profile, from another port of this machine: its cookies go along, since cookies know no ports.
  const other = createServer((_request, response) => response.end('elsewhere'))
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const elsewhere = await context.newPage()
  await elsewhere.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  const outcome = await elsewhere.evaluate(
    port =>
      new Promise(resolve => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/bridge`)
        socket.onopen = () => {
          resolve('open')
        }
        socket.onerror = () => {
          resolve('refused')
        }
      }),
    web.port,
  )
  expect(outcome).toBe('refused')

  await page.evaluate(watched => window.watch(watched), path)
  await expect.poll(async () => (await told()).at(-1)).toBe('FROM b\n')
  await web.close()
  await expect.poll(async () => (await told()).at(-1)).toBe('disconnected')
})
