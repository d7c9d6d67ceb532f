import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
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
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
})
afterEach(async () => {
  await context.close()
  await host.stop()
  await workshop.remove()
})

const text = `# WORD what is said
ARG WORD=nothing
FROM ${baseImage} AS maker
ARG WORD
RUN --mount=type=secret,id=key echo "$WORD" > /said; cat /said /run/secrets/key; sleep 1
FROM ${baseImage} AS other
RUN sleep 0.3 && touch /other
FROM scratch AS result
COPY --from=maker /said /
COPY --from=other /other /
`

async function openForm(page: Page) {
  await page.getByRole('button', { name: 'Arguments, secrets and more…' }).click()
  return page.getByRole('dialog', { name: 'Build' })
}

test('what the form asks for is built, timed, kept in the history and compared; a secret is kept nowhere', async () => {
  const path = await workshop.write('Dockerfile', text)
  const secret = `secret-${String(Math.random())}`
  await workshop.write('key.txt', secret)
  const state = `${workshop.folder}/state`
  host = await startHost({ path, state })
  const { page, complaints } = await openWindow(context, host.url)
  const picture = async (name: string) => {
    const folder = process.env['SLIPWAY_PICTURES']
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
  }

  const form = await openForm(page)
  await form.getByText('what is said').waitFor()
  expect(await form.getByLabel('WORD').getAttribute('placeholder')).toBe('nothing')
  await form.getByLabel('WORD').fill('one')
  await form.getByLabel('Source of secret key').fill('key.txt')
  await form.getByLabel('Tags').fill('slipway-test/form:1')
  await form.getByLabel('Run every step anew').check()
  await form.getByPlaceholder('Profile').fill('fresh')
  await form.getByRole('button', { name: 'Save as profile' }).click()
  await form.getByRole('button', { name: 'Copy as docker buildx command' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).toBe(
    `docker buildx build --file ${path} --tag slipway-test/form:1 --build-arg WORD=one --secret id=key,src=key.txt --no-cache ${workshop.folder}`,
  )
  await picture('form-light')
  await form.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByText(/^Built result in/).waitFor({ timeout: 60_000 })

  await page.getByRole('button', { name: 'Timeline' }).click()
  const bar = page.getByRole('button', { name: /RUN .*echo .*on the critical path/ })
  await bar.waitFor()
  await page.getByRole('button', { name: 'Show the critical path on the graph' }).click()
  await expect.poll(() => page.locator('.stage-card[data-critical]').count()).toBe(2)
  await picture('timeline-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture('timeline-dark')
  await bar.click()
  await page.getByText('•••••').waitFor()

  // Plain Build goes by what was chosen last; only the word is another one.
  const again = await openForm(page)
  expect(await again.getByLabel('Source of secret key').inputValue()).toBe('key.txt')
  await again.getByLabel('WORD').fill('two')
  await picture('form-dark')
  await again.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByText(/^Building|^Asking/).waitFor()
  await page.getByText(/^Built result in/).waitFor({ timeout: 60_000 })

  await page.getByRole('tab', { name: 'History' }).click()
  const rows = page.getByRole('list', { name: 'Builds of this file' }).getByRole('listitem')
  await expect.poll(() => rows.count()).toBe(2)
  for (const at of [0, 1]) await rows.nth(at).getByRole('checkbox').check()
  await picture('history-dark')
  await page.getByRole('button', { name: 'Compare two' }).click()
  await page.getByRole('cell', { name: 'The whole build' }).waitFor()
  await page.getByText('WORD: one → two').waitFor()
  await page.getByText('The text is the same.').waitFor()
  await picture('comparison-dark')
  await page.getByRole('button', { name: 'All builds' }).click()
  await rows
    .nth(1)
    .getByRole('button', { name: /^result/ })
    .click()
  await page.getByText(/^Built result in/).waitFor()
  await page.getByRole('button', { name: 'All builds' }).click()
  await page
    .getByRole('button', { name: /^Delete the build of/ })
    .first()
    .click()
  await expect.poll(() => rows.count()).toBe(1)

  expect(complaints).toEqual([])
  const names = await readdir(state, { recursive: true, withFileTypes: true })
  const kept = names.filter(entry => entry.isFile()).map(entry => readFile(join(entry.parentPath, entry.name), 'utf8'))
  expect(kept.length).toBeGreaterThan(2)
  for (const content of await Promise.all(kept)) expect(content).not.toContain(secret)
})

test('a name given twice is refused, with what to do', async () => {
  host = await startHost({ path: await workshop.write('Dockerfile', text), state: `${workshop.folder}/state` })
  const { page } = await openWindow(context, host.url)
  const form = await openForm(page)
  expect(await form.getByLabel(/^Name of context/).count()).toBe(0)
  for (const number of [1, 2]) {
    await form.getByRole('button', { name: 'Add context' }).click()
    await form.getByLabel(`Name of context ${number}`).fill('lib')
  }
  const problem = form.getByText('There are two contexts “lib”. Give one of them another name, or remove it.')
  await problem.waitFor()
  expect(await form.getByRole('button', { name: 'Build', exact: true }).isDisabled()).toBe(true)
  await form.getByLabel('Name of context 2').fill('docs')
  await problem.waitFor({ state: 'detached' })
})
