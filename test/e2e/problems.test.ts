import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  launchBrowser,
  openWindow,
  openWorkshop,
  type RunningHost,
  shownText,
  startHost,
  type Workshop,
} from './harness.ts'

const dockerfile = `FROM alpine:3.20 as build
RUN make -o /out/app
FROM alpine:3.20
USER app
COPY --from=biuld /out/app /app
CMD app --serve
`

let browser: Browser
let context: BrowserContext
let workshop: Workshop
let host: RunningHost
let page: Page
let complaints: string[]

beforeAll(async () => (browser = await launchBrowser()))
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  host = await startHost({ path: await workshop.write('Dockerfile', dockerfile), state: `${workshop.folder}/state` })
  context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  ;({ page, complaints } = await openWindow(context, host.url))
  await page.locator('.stage-card').first().waitFor()
})
afterEach(async () => {
  expect(complaints).toEqual([])
  await context.close()
  await host.stop()
  await workshop.remove()
})

test('a fix offered where the text is underlined writes its word, and undo takes it back', async () => {
  const fix = page.locator('.cm-tooltip').getByRole('button', { name: 'Take from build' })
  // Findings that are told anew, as when the engine has answered, close what was shown of the old ones.
  const isShown = async () => {
    await page.locator('.cm-line').last().hover()
    await page.locator('.cm-lintRange-warning', { hasText: 'biuld' }).hover()
    await fix.waitFor({ timeout: 2_000 }).catch(() => undefined)
    return fix.isVisible()
  }
  await expect.poll(isShown, { timeout: 20_000 }).toBe(true)
  await fix.click()
  const fixed = dockerfile.replace('biuld', 'build')
  await expect.poll(() => shownText(page)).toBe(fixed)
  await page.getByRole('button', { name: /^Undo: / }).click()
  await expect.poll(() => shownText(page)).toBe(dockerfile)
})

test('the list of problems fixes, explains and ignores', async () => {
  await page.getByRole('tab', { name: /Problems/ }).click()
  await page.getByRole('button', { name: 'Write as JSON' }).click()
  const json = dockerfile.replace('app --serve', '["app", "--serve"]')
  await expect.poll(() => shownText(page)).toBe(json)
  const casing = page.getByRole('listitem').filter({ hasText: 'FromAsCasing' })
  await casing.getByRole('button', { name: 'Why' }).click()
  expect(await casing.getByRole('link').getAttribute('href')).toBe(
    'https://docs.docker.com/go/dockerfile/rule/from-as-casing/',
  )
  await casing.getByRole('button', { name: 'Ignore in this file' }).click()
  await expect.poll(() => shownText(page)).toBe(`# check=skip=FromAsCasing\n${json}`)
  await casing.waitFor({ state: 'detached' })
})

test('the mark of a card shows the problems of its stage alone', async () => {
  await page.locator('.stage-card').filter({ hasText: 'build' }).first().locator('.stage-problems').click()
  await page.getByText('Problems of build').waitFor()
  expect(await page.locator('.problem-rule').allInnerTexts()).toEqual(['FromAsCasing'])
  await page.getByRole('button', { name: /^Show all/ }).click()
  await page.locator('.problem-rule', { hasText: 'unknown-stage' }).waitFor()
})

test('what is wrong is fixed from the menu of its card, of its edge, and of what is not there', async () => {
  const fixed = dockerfile.replace('biuld', 'build')
  const fix = () => page.getByRole('menuitem', { name: 'Take from build' })
  const undo = async () => {
    await page.getByRole('button', { name: /^Undo: / }).click()
    await expect.poll(() => shownText(page)).toBe(dockerfile)
  }
  const ghost = page.locator('.source-card', { hasText: 'biuld' })
  await ghost.getByText('Did you mean build?').waitFor()
  await ghost.getByRole('button', { name: 'Actions for biuld' }).click()
  await fix().click()
  await expect.poll(() => shownText(page)).toBe(fixed)
  await ghost.waitFor({ state: 'detached' })
  await undo()
  await page.locator('.edge-pill[data-kind="copy"]').click({ button: 'right' })
  await fix().click()
  await expect.poll(() => shownText(page)).toBe(fixed)
  await undo()
  await page.getByRole('button', { name: 'Actions for stage 1' }).click()
  await fix().press('Enter')
  await expect.poll(() => shownText(page)).toBe(fixed)
})
