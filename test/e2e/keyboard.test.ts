import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import {
  launchBrowser,
  openWindow,
  openWorkshop,
  type RunningHost,
  shownText,
  startHost,
  type Workshop,
} from './harness.ts'
import { countPointers, tabTo, walkTo } from './keyboard-alone.ts'

const dockerfile = `FROM ${baseImage} AS build
COPY hello.txt .
RUN mkdir -p /out && cp hello.txt /out/greeting

FROM scratch AS final
COPY hello.txt /hello.txt
`

let browser: Browser
let workshop: Workshop
let host: RunningHost

beforeAll(async () => {
  await ensureBaseImage()
  browser = await launchBrowser()
  workshop = await openWorkshop()
  await workshop.write('hello.txt', `hello from the context\n${Date.now()}\n`)
  host = await startHost({ state: `${workshop.folder}/state` })
})
afterAll(async () => {
  await browser.close()
  await host.stop()
  await workshop.remove()
})

test('a file is opened, its stages connected and renamed, built and looked into by keyboard alone', async () => {
  const path = await workshop.write('Dockerfile', dockerfile)
  const { page, complaints } = await openWindow(
    await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }),
    host.url,
  )
  const { keyboard } = page
  const expectNoPointer = await countPointers(page)
  await page.getByRole('heading', { name: 'Open a Dockerfile' }).waitFor()

  await keyboard.press('Control+o')
  await page.getByLabel('Path', { exact: true }).waitFor()
  await tabTo(page, '#path-field')
  await keyboard.type(path)
  await keyboard.press('Enter')
  await page.locator('.stage-card').first().waitFor()

  await tabTo(page, '.react-flow__node')
  await walkTo(page, 'ArrowLeft', /^Stage build/)
  await keyboard.press('c')
  await page.getByRole('combobox', { name: 'Find a stage' }).waitFor()
  await keyboard.type('fin')
  await keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Copy from build to final' }).waitFor()
  await keyboard.press('Control+a')
  await keyboard.type('/out/greeting')
  await keyboard.press('Tab')
  await keyboard.press('Control+a')
  await keyboard.type('/greeting')
  await keyboard.press('Enter')
  const connected = `${dockerfile}COPY --from=build /out/greeting /greeting\n`
  await expect.poll(() => shownText(page)).toBe(connected)

  await tabTo(page, '.react-flow__node')
  await walkTo(page, 'ArrowDown', /^Stage final/)
  await keyboard.press('F2')
  await keyboard.press('Control+a')
  await keyboard.type('served')
  await keyboard.press('Enter')
  const renamed = connected.replace('AS final', 'AS served')
  await expect.poll(() => shownText(page)).toBe(renamed)
  await keyboard.press('Control+s')
  await expect.poll(() => readFile(path, 'utf8')).toBe(renamed)

  await keyboard.press('Control+b')
  await page.getByText(/^Built served in/).waitFor({ timeout: 60_000 })
  await keyboard.press('F6')
  await page.locator('.cm-content:focus').waitFor()
  await keyboard.press('F6')
  await tabTo(page, '#tab-files')
  await keyboard.press('Enter')
  await page.getByRole('treegrid', { name: 'Files' }).waitFor()
  await tabTo(page, '[role="treegrid"]')
  const chosen = page.getByRole('row', { selected: true })
  await keyboard.press('Home')
  await chosen.getByText('greeting', { exact: true }).waitFor()
  await keyboard.press('Enter')
  await page.getByText('hello from the context').waitFor()
  await expectNoPointer()
  expect(complaints).toEqual([])
})
