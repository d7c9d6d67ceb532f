import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { buildAll, engineUnderTest, requestFor } from '../engine/building.ts'
import { launchBrowser, openWindow, openWorkshop, type RunningHost, startHost, type Workshop } from './harness.ts'

let browser: Browser
let context: BrowserContext
let workshop: Workshop
let host: RunningHost

beforeAll(async () => {
  await ensureBaseImage()
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
})
afterEach(async () => {
  await context.close()
  await host.stop()
  await workshop.remove()
})

const card = (page: Page, name: string): Locator =>
  page.locator('.stage-card').filter({ has: page.getByText(name, { exact: true }) })

const build = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: 'Build', exact: true })

test('the first click on Build succeeds with the sample: no network, no base image, no file on disk', async () => {
  host = await startHost({ state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(context, host.url)
  await page.getByRole('button', { name: 'Try the sample' }).click()
  await build(page).click()
  await page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
  await page.getByRole('tab', { name: 'Files' }).click()
  const files = page.getByRole('tabpanel', { name: 'Files' })
  await files.getByPlaceholder(/^Search names/).fill('o')
  await files.getByText('site.conf', { exact: true }).waitFor()
  expect(await files.getByText('todo.txt').count()).toBe(0)
  await files.getByRole('combobox').first().selectOption({ label: 'site' })
  await files.getByText('todo.txt', { exact: true }).click()
  await files.getByText('This file stays behind.').waitFor()
  expect(complaints).toEqual([])
})

test('a failure is pinned to its stage and line, with the exit code and the end of the log', async () => {
  const text = `FROM ${baseImage} AS broken
RUN echo before
RUN echo "about to fail $(date +%s)" \\
  && exit 23

FROM scratch
COPY --from=broken /x /x
`
  host = await startHost({ path: await workshop.write('Dockerfile', text), state: `${workshop.folder}/state` })
  const { page } = await openWindow(context, host.url)
  await build(page).click()
  const failure = page.getByRole('alert', { name: 'Why the build failed' })
  await failure.waitFor({ timeout: 60_000 })
  expect(await card(page, 'broken').getAttribute('data-state')).toBe('failed')
  await failure.getByText('exit code 23', { exact: true }).waitFor()
  await page
    .getByText(/about to fail \d+/)
    .first()
    .waitFor()
  await failure.getByRole('button', { name: 'Lines 3–4' }).click()
  expect(await page.locator('.cm-selected-elsewhere').first().innerText()).toContain('RUN echo "about to fail')

  // The mark of its card leads there from anywhere, as does a key.
  const leadsThere = async (act: () => Promise<void>) => {
    await page.locator('.cm-line', { hasText: 'FROM scratch' }).click()
    await page.getByRole('tab', { name: /^Problems/ }).click()
    await act()
    await page
      .getByRole('log')
      .getByText(/^about to fail \d+$/)
      .waitFor()
    await expect.poll(() => page.locator('.cm-activeLine').innerText()).toContain('RUN echo "about to fail')
  }
  await leadsThere(() =>
    card(page, 'broken')
      .getByRole('button', { name: /Failed/ })
      .click(),
  )
  await leadsThere(() => page.keyboard.press('Shift+F8'))

  // What is selected on the canvas is in the log, and the other way round.
  const steps = page.getByRole('tree', { name: 'Steps by stage' })
  await card(page, 'broken').locator('.stage-header').click()
  await steps.getByRole('treeitem', { name: /broken/, selected: true }).waitFor()
  const isSelected = (words: string) =>
    card(page, 'broken').locator('.stage-step[data-selected="true"]', { hasText: words }).waitFor()
  await steps.getByRole('treeitem', { name: /echo before/ }).click()
  await isSelected('echo before')
  await page.locator('.cm-selected-elsewhere', { hasText: 'RUN echo before' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await isSelected('about to fail')
})

test('leaving the page asks while a build runs, and not after it', async () => {
  const path = await workshop.write('Dockerfile', `FROM ${baseImage}\nRUN sleep 30 # ${Date.now()}\n`)
  host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page } = await openWindow(context, host.url)
  const asked: string[] = []
  page.on('dialog', dialog => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await build(page).click()
  await page.locator('.stage-card .mark-icon[data-state="running"]').first().waitFor()
  await page.reload()
  await build(page).waitFor()
  expect(asked).toEqual(['beforeunload'])
  await page.reload()
  await build(page).waitFor()
  expect(asked).toEqual(['beforeunload'])
})

test('a build that was stopped says the same of itself in the panel, in the history and after a reload', async () => {
  const path = await workshop.write(
    'Dockerfile',
    `FROM ${baseImage} AS slow\nRUN echo begun; sleep 60 # ${Date.now()}\n`,
  )
  host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(context, host.url)
  await build(page).click()
  await page.getByText('begun', { exact: true }).waitFor({ timeout: 30_000 })
  await page.getByRole('tabpanel').getByRole('button', { name: 'Stop' }).click()
  const sentence = page.locator('.build-sentence')
  await expect.poll(() => sentence.innerText()).toMatch(/^Stopped building slow after \d/)
  const stopped = await sentence.innerText()
  await page.getByRole('tab', { name: 'History' }).click()
  const took = await page.locator('.history-time').innerText()
  expect(stopped).toBe(`Stopped building slow after ${took}`)

  await page.reload()
  await expect.poll(() => card(page, 'slow').getAttribute('data-state')).toBe('cancelled')
  await page.getByRole('tab', { name: 'Build' }).click()
  expect(await sentence.innerText()).toBe(stopped)
  await page.getByText(/^Built at \d\d:\d\d$/).waitFor()
  await page.getByText('begun', { exact: true }).waitFor()
  expect(complaints).toEqual([])
})

test('"Build to here" builds that stage and what it needs, and nothing after it', async () => {
  const text = `FROM ${baseImage} AS first
RUN echo one > /one

FROM first AS second
RUN echo two > /two
`
  host = await startHost({ path: await workshop.write('Dockerfile', text), state: `${workshop.folder}/state` })
  const { page } = await openWindow(context, host.url)
  await card(page, 'first').getByRole('button', { name: 'Actions for first' }).click()
  await page.getByRole('menuitem', { name: 'Build to here' }).click()
  await page.getByText(/^Built first in/).waitFor({ timeout: 60_000 })
  expect(await card(page, 'first').getAttribute('data-state')).toMatch(/done|cached/)
  expect(await card(page, 'second').getAttribute('data-state')).toBe('not-needed')
})

test('the text that is built is the one in the editor, saved or not', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\nCOPY saved.txt /\n')
  await workshop.write('unsaved.txt', 'never named in the saved file\n')
  host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page } = await openWindow(context, host.url)
  await page.locator('.cm-line', { hasText: 'COPY saved.txt' }).click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('COPY unsaved.txt /')
  await build(page).click()
  await page.getByText(/^Built stage 0 in/).waitFor({ timeout: 60_000 })
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByText('unsaved.txt', { exact: true }).click()
  await page.getByText('never named in the saved file').waitFor()
})

test('a build of the history is shown on the canvas as it was, changes nothing there, and leads back to the text', async () => {
  const text = `FROM ${baseImage} AS first\nRUN echo one > /one\n`
  host = await startHost({ path: await workshop.write('Dockerfile', text), state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(context, host.url)
  await build(page).click()
  await page.getByText(/^Built first in/).waitFor({ timeout: 60_000 })
  await page.locator('.cm-line').last().click()
  await page.keyboard.insertText('\nFROM scratch AS second\nCOPY --from=first /one /two\n')
  await card(page, 'second').waitFor()

  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('button', { name: /^first/ }).click()
  await page.getByText(/^Build of first, /).waitFor()
  await expect.poll(() => card(page, 'second').count()).toBe(0)
  expect(await card(page, 'first').getAttribute('data-state')).toMatch(/done|cached/)
  await card(page, 'first').click()
  await page.keyboard.press('Delete')
  await page.getByText('This is the graph as it was built then.').waitFor()

  // The size of the stage is that of then, whatever is known of the text now.
  await card(page, 'first').getByText('MB').first().waitFor()
  await page.getByRole('button', { name: 'Back to the text' }).click()
  await card(page, 'second').waitFor()
  await card(page, 'first').waitFor()
  await page.getByRole('list', { name: 'Builds of this file' }).waitFor()
  expect(complaints).toEqual([])
})

test('what the base image on the engine sets is no problem, and what nothing sets is BuildKit’s warning', async () => {
  const image = 'slipway-test/greeting:1'
  const engine = engineUnderTest()
  await buildAll(engine, requestFor(`FROM ${baseImage}\nENV GREETING=/hello\n`, { tags: [image] }))
  await engine.close()
  const path = await workshop.write('Dockerfile', `FROM ${image}\nCOPY a $GREETING/\nCOPY b $ABSENT/\n`)
  host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(context, host.url)
  await page.getByRole('tab', { name: /^Problems/ }).click()
  const undefinedVariables = page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'UndefinedVar' })
  await expect.poll(() => undefinedVariables.count()).toBe(1)
  await undefinedVariables.getByText("Usage of undefined variable '$ABSENT'").waitFor()
  await undefinedVariables.getByRole('img', { name: 'warning' }).waitFor()
  expect(complaints).toEqual([])
})

test('during a build the text is still edited: the version that is built is named, and marks stay where nothing changed', async () => {
  const text = `FROM ${baseImage} AS slow
RUN sleep 6 && echo ${Date.now()} > /slow
FROM ${baseImage} AS quick
RUN echo quick > /quick
FROM scratch AS final
COPY --from=slow /slow /slow
COPY --from=quick /quick /quick
`
  host = await startHost({ path: await workshop.write('Dockerfile', text), state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(context, host.url)
  const state = (name: string) => card(page, name).getAttribute('data-state')
  await build(page).click()
  await expect.poll(() => state('slow'), { timeout: 30_000 }).toBe('running')
  await expect.poll(() => state('quick')).toMatch(/done|cached/)
  const changed = page.getByText(/^The version of \d\d:\d\d; the text changed since$/)
  expect(await changed.count()).toBe(0)
  await page.locator('.cm-line', { hasText: 'echo quick' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('-er')
  await changed.waitFor()
  await expect.poll(() => state('quick')).toBeNull()
  expect(await state('slow')).toBe('running')
  await page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
  await expect.poll(() => state('slow')).toBe('done')
  expect(await state('quick')).toBeNull()
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByText('quick', { exact: true }).last().waitFor()
  expect(complaints).toEqual([])
})
