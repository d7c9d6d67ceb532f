import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Browser, type Locator, type Page } from 'playwright-core'
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

const dockerfile = `# Kept as it is.
FROM ${baseImage} AS build
WORKDIR /src
COPY hello.txt .
RUN sleep 1 && mkdir -p /out && cp hello.txt /out/greeting && chmod 0750 /out/greeting

FROM ${baseImage} AS docs
RUN mkdir -p /docs && echo manual > /docs/manual.txt

FROM scratch AS final
COPY --from=docs /docs/manual.txt /manual.txt
`

/** A number of seconds that no other process sleeps. */
const endless = 31_337

let browser: Browser
let workshop: Workshop
let host: RunningHost
let page: Page
let complaints: string[]
let path: string

beforeAll(async () => {
  await ensureBaseImage()
  workshop = await openWorkshop()
  // Never the same twice, so that an engine that remembers earlier runs still has steps to run.
  await workshop.write('hello.txt', `hello from the context\n${Date.now()}\n`)
  path = await workshop.write('Dockerfile', dockerfile)
  host = await startHost({ path, state: `${workshop.folder}/state` })
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  ;({ page, complaints } = await openWindow(context, host.url))
})

afterAll(async () => {
  await browser.close()
  await host.stop()
  await workshop.remove()
})

const card = (name: string): Locator =>
  page.locator('.stage-card').filter({ has: page.getByText(name, { exact: true }) })

/** Drags from a card's right edge, where edges begin, to the middle of another card. */
async function dragEdge(from: string, to: string): Promise<void> {
  const start = await card(from).boundingBox()
  const end = await card(to).boundingBox()
  if (!start || !end) throw new Error(`${from} or ${to} is not on the canvas.`)
  await page.mouse.move(start.x + start.width, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 })
  await page.mouse.up()
}

test('a three-stage file opens with its graph, and its bytes stay as they are', async () => {
  await card('final').waitFor()
  expect(await page.locator('.stage-card').count()).toBe(3)
  expect(await shownText(page)).toBe(dockerfile)
  expect(await readFile(path, 'utf8')).toBe(dockerfile)
})

const line = 'COPY --from=build /out/greeting /greeting'

test('dragging from one stage to another writes one COPY line; undo and redo take it away and bring it back', async () => {
  await dragEdge('build', 'final')
  await page.getByLabel('Source').fill('/out/greeting')
  await page.getByLabel('Destination').fill('/greeting')
  await page.keyboard.press('Enter')
  await page
    .getByText('Unsaved changes')
    .or(page.getByRole('img', { name: 'Unsaved changes' }))
    .first()
    .waitFor()
  const after = `${dockerfile}${line}\n`
  expect(await shownText(page)).toBe(after)
  await page.getByRole('button', { name: /^Undo/ }).click()
  expect(await shownText(page)).toBe(dockerfile)
  await page.getByRole('button', { name: /^Redo/ }).click()
  expect(await shownText(page)).toBe(after)
})

test('saving writes exactly the text that is shown', async () => {
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  expect(await readFile(path, 'utf8')).toBe(`${dockerfile}${line}\n`)
})

test('one click builds it: every stage turns done, and the copied file is in the tree', async () => {
  await page.getByLabel('Tag', { exact: true }).fill('slipway-test/main-job:1')
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await page.locator('.stage-card[data-state="running"]').first().waitFor({ timeout: 30_000 })
  await page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
  for (const name of ['build', 'docs', 'final'])
    expect(await card(name).getAttribute('data-state'), name).toMatch(/done|cached/)
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByText('greeting', { exact: true }).click()
  await page.getByText('hello from the context').waitFor()
})

test('cancelling in the middle of a step ends its process on the engine', async () => {
  await page.locator('.cm-line', { hasText: 'RUN mkdir -p /docs' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(`\nRUN sleep ${endless}`)
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await expect.poll(() => sleepers(), { timeout: 60_000 }).toBeGreaterThan(0)
  expect(await card('docs').getAttribute('data-state')).toBe('running')
  await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => sleepers(), { timeout: 10_000 }).toBe(0)
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).waitFor()
})

test('nothing was refused by the content security policy and no error reached the console', () => {
  expect(complaints).toEqual([])
})

/** How many processes of this machine sleep for our number of seconds; engines elsewhere are asked through docker. */
function sleepers(): number {
  if (process.platform !== 'linux')
    return execFileSync('docker', ['ps', '-q'], { encoding: 'utf8' }).trim().split('\n').length
  return readdirSync('/proc').filter(name => {
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim() === `sleep ${endless}`
    } catch {
      return false
    }
  }).length
}
