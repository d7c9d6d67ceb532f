import { writeFile } from 'node:fs/promises'
import { type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { launchBrowser, openWindow, openWorkshop, type RunningHost, startHost, type Workshop } from './harness.ts'
import { axeTour, injectAxe } from './violations.ts'

/** Something of everything that the window shows: problems, a mount, the context, an ARG in a FROM, an unknown stage. */
const dockerfile = `ARG BASE=${baseImage}

# build makes what is served
FROM $BASE as build
WORKDIR /src
COPY greeting.txt .
RUN --mount=type=cache,target=/cache sleep 8 && cp greeting.txt /greeting
ENV MODE=fast

FROM ${baseImage} AS unused
COPY --from=biuld /greeting /greeting

FROM scratch AS final
COPY --from=build /greeting /greeting
COPY --from=build /src /src
`

/** Enough stages to be one picture from afar. */
const large = Array.from({ length: 80 }, (_, index) => `FROM ${baseImage} AS stage-${index}\nRUN true\n`).join('\n')

let browser: Browser
let workshop: Workshop
let hosts: RunningHost[]

beforeAll(async () => {
  await ensureBaseImage()
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  hosts = []
})
afterEach(async () => {
  for (const host of hosts) await host.stop()
  await workshop.remove()
})

async function open(environment: Readonly<Record<string, string>> = {}) {
  const host = await startHost({ state: `${workshop.folder}/state-${hosts.length}`, environment })
  hosts.push(host)
  const context = await browser.newContext({
    viewport: { width: 1600, height: 900 },
    reducedMotion: 'reduce',
  })
  await injectAxe(context)
  const { page } = await openWindow(context, host.url)
  await page.getByRole('heading', { name: 'Open a Dockerfile' }).waitFor()
  return page
}

/** Opens a file as someone without a mouse does. */
async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+o')
  await page.getByLabel('Path', { exact: true }).fill(path)
  await page.keyboard.press('Enter')
  await page.locator('.stage-card').first().waitFor()
}

test('axe finds nothing wrong in any view, in any look', { timeout: 360_000 }, async () => {
  const page = await open()
  const { check, found } = axeTour(page)
  const card = (name: string) => page.locator('.stage-card').filter({ has: page.getByText(name, { exact: true }) })
  const { keyboard } = page
  const escape = () => keyboard.press('Escape')

  await check('welcome')
  await keyboard.press('Control+o')
  await page
    .getByRole('group', { name: /^Folder/ })
    .getByRole('button')
    .first()
    .waitFor()
  await check('open dialog')
  await escape()
  await workshop.write('greeting.txt', `hello from the context\n${Date.now()}\n`)
  const path = await workshop.write('Dockerfile', dockerfile)
  await openFile(page, path)
  await check('document')

  await page.getByRole('button', { name: /^Context/ }).click()
  await keyboard.press('Control+Shift+o')
  await page.getByRole('navigation', { name: 'Outline' }).waitFor()
  await check('outline and build context')

  await page.getByRole('tab', { name: 'Inspector' }).click()
  await check('inspector with nothing selected')
  await card('build').locator('.stage-header').click()
  await page.getByRole('heading', { name: 'build', exact: true, level: 2 }).waitFor()
  await check('inspector of a stage')
  for (const step of ['COPY', 'RUN', 'ENV']) {
    await card('build').locator('.stage-step', { hasText: step }).click()
    await page.getByRole('heading', { name: step, exact: true, level: 2 }).waitFor()
    await check(`inspector of ${step}`)
  }
  await page.locator('.edge-pill[data-kind="copy"]').last().click()
  await page.getByRole('heading', { name: /→/ }).waitFor()
  await check('inspector of an edge')

  await page.getByRole('tab', { name: /^Problems/ }).click()
  await page.getByRole('listitem').filter({ hasText: 'FromAsCasing' }).getByRole('button', { name: 'Why' }).click()
  await check('problems')
  await page.getByRole('tab', { name: 'Build' }).click()
  await page.getByText('Nothing has been built yet').waitFor()
  await check('no build yet')
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByText('No files to look into yet').waitFor()
  await check('no files yet')
  await page.getByRole('tab', { name: 'Context' }).click()
  await page.locator('.file-row', { hasText: 'greeting.txt' }).waitFor()
  await check('build context')
  await card('unused').getByRole('button', { name: 'Actions for unused' }).click()
  await page.getByRole('menuitem', { name: 'Look into the base image' }).click()
  await page.locator('.file-row', { hasText: 'bin' }).first().waitFor()
  await check('files of an image')

  const dialog = page.getByRole('dialog')
  const menu = page.getByRole('menu')
  await card('build').locator('.stage-header').click()
  for (const [key, name] of [
    ['c', 'pick a stage'],
    ['a', 'add a stage'],
    ['b', 'change the base'],
    ['Delete', 'delete a stage'],
  ] as const) {
    await page.locator('.react-flow__node', { has: card('build') }).focus()
    await keyboard.press(key)
    await dialog.waitFor()
    await check(name)
    if (key === 'c') {
      await keyboard.press('Enter')
      await dialog.getByLabel('Source').waitFor()
      await check('paths of a connection')
    }
    await escape()
  }
  await card('build').getByRole('button', { name: 'Actions for build' }).click()
  await menu.waitFor()
  await check('menu of a stage')
  await escape()
  await page.locator('.edge-pill[data-kind="copy"]').last().click({ button: 'right' })
  await menu.waitFor()
  await check('menu of an edge')
  await escape()
  await page.getByRole('button', { name: 'Export the graph…' }).click()
  await menu.waitFor()
  await check('export menu')
  await escape()
  await page.locator('.engine-chip').click()
  await page.getByRole('dialog', { name: 'Engine' }).waitFor()
  await check('engine')
  await escape()
  await keyboard.press('Control+k')
  await page.locator('.palette-input:focus').waitFor()
  await check('palette')
  await escape()
  await keyboard.press('Control+Alt+k')
  await dialog.waitFor()
  await check('shortcuts')
  await escape()

  // An edge that is selected would leave only its own files in the tree.
  await card('final').locator('.stage-header').click()
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await page.locator('.stage-card[data-state="running"]').first().waitFor()
  await check('a build that runs')
  await page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
  await check('a build that is done')
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.getByText('greeting', { exact: true }).click()
  await page.getByText('hello from the context').waitFor()
  await check('files and a file')

  await page.getByRole('tab', { name: 'Text', exact: true }).click()
  await page.locator('.cm-line', { hasText: 'ENV MODE' }).click()
  await keyboard.press('End')
  await keyboard.type('\nRUN echo told && exit 7')
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByRole('alert', { name: 'Why the build failed' }).waitFor({ timeout: 60_000 })
  await check('a build that failed')

  await writeFile(path, `${dockerfile}# from elsewhere\n`)
  await page.getByRole('button', { name: 'Compare…' }).click()
  await page.locator('.diff-view .cm-content').first().waitFor()
  await check('two versions of a file')
  await escape()
  await keyboard.press('Control+o')
  await dialog.getByText('Save the changes to Dockerfile?').waitFor()
  await check('unsaved changes')
  await escape()
  await keyboard.press('Control+Shift+s')
  await dialog.getByLabel('Path', { exact: true }).waitFor()
  await check('save as')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await openFileAnew(page, await workshop.write('large.Dockerfile', large))
  await page.getByRole('button', { name: /^Fit/ }).click()
  await page.getByRole('img', { name: 'Overview of 80 stages' }).waitFor()
  await check('a large file from afar')

  const empty = await workshop.write('empty.Dockerfile', '')
  await openFileAnew(page, empty)
  await page.locator('.graph-empty').first().waitFor()
  await check('an empty file')
  expect(found).toEqual({})
})

/** Opens another file, whatever is unsaved in this one. */
async function openFileAnew(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+o')
  const forget = page.getByRole('button', { name: 'Don’t save' })
  const field = page.getByLabel('Path', { exact: true })
  await forget.or(field).first().waitFor()
  if (await forget.isVisible()) await forget.click()
  await field.fill(path)
  await page.keyboard.press('Enter')
  await field.waitFor({ state: 'detached' })
}

test('axe finds nothing wrong where no engine answers, no host, and where files were opened before', async () => {
  const page = await open({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' })
  const { check, found } = axeTour(page)
  await openFile(page, await workshop.write('Dockerfile', dockerfile))
  await page.locator('.engine-chip', { hasText: 'No engine' }).click()
  await page.getByRole('dialog', { name: 'Engine' }).waitFor()
  await check('no engine')
  await hosts.pop()?.kill()
  await page.getByRole('alert').filter({ hasText: 'Start Slipway again' }).waitFor()
  await check('no host')
  const again = await startHost({ state: `${workshop.folder}/state-0` })
  hosts.push(again)
  await page.goto(again.url)
  await page.getByRole('heading', { name: 'Open a Dockerfile' }).waitFor()
  await check('files opened before')
  expect(found).toEqual({})
})
