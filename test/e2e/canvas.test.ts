import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
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

const dockerfile = `FROM alpine:3.20 AS base

# builds the program
FROM base as build
\trun make -o /out/app
FROM base AS final
COPY --from=build /out/app /app
RUN --mount=type=bind,from=build,target=/mnt ls /mnt
`

let browser: Browser
let context: BrowserContext
let workshop: Workshop
let host: RunningHost
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  host = await startHost({ path: await workshop.write('Dockerfile', dockerfile), state: `${workshop.folder}/state` })
  context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  ;({ page, complaints } = await openWindow(context, host.url))
  await card('final').waitFor()
})
afterEach(async () => {
  expect(complaints).toEqual([])
  await context.close()
  await host.stop()
  await workshop.remove()
})

const card = (name: string): Locator =>
  page.locator('.stage-card').filter({ has: page.getByText(name, { exact: true }) })

async function choose(stage: string, entry: string): Promise<void> {
  await card(stage)
    .getByRole('button', { name: `Actions for ${stage}` })
    .click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('rename changes every reference to the stage and nothing else', async () => {
  await card('build').locator('.stage-header').click()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('compile')
  await page.keyboard.press('Enter')
  await card('compile').waitFor()
  expect(await shownText(page)).toBe(
    dockerfile
      .replace('as build', 'as compile')
      .replace('--from=build', '--from=compile')
      .replace('from=build,', 'from=compile,'),
  )
})

test('a name that is refused stays to be mended, and Escape leaves the stage as it was', async () => {
  const field = page.getByLabel('Stage name')
  await card('build').locator('.stage-header').click()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('my build')
  await page.keyboard.press('Enter')
  await page.getByText('my build is no stage name').waitFor()
  expect(await field.inputValue()).toBe('my build')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await page.keyboard.press('Escape')
  await card('build').waitFor()
  expect(await shownText(page)).toBe(dockerfile)
})

test('a stage is added from the toolbar in the habits of the file', async () => {
  await page.getByRole('button', { name: 'Add stage' }).click()
  await page.locator('.add-input:focus').fill('from base')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').and(page.locator(':focus')).fill('tools')
  await page.keyboard.press('Enter')
  await card('tools').waitFor()
  const text = await shownText(page)
  expect(text).toContain('FROM base AS tools\n')
  expect(text.replace(/\n*FROM base AS tools\n*/, '\n')).toBe(dockerfile)
})

test('deleting a stage takes its comment and the edges that came from it, after saying so', async () => {
  await choose('build', 'Delete')
  await page
    .getByRole('button', { name: /^Delete/ })
    .last()
    .click()
  await card('build').waitFor({ state: 'detached' })
  expect(await shownText(page)).toBe('FROM alpine:3.20 AS base\n\nFROM base AS final\nRUN ls /mnt\n')
})

test('an edge that is selected and deleted removes that COPY alone', async () => {
  await page.locator('.edge-pill[data-kind="copy"]').first().click()
  await page.locator('.cm-selected-elsewhere', { hasText: 'COPY --from=build' }).waitFor()
  await page.keyboard.press('Delete')
  await expect.poll(() => shownText(page)).toBe(dockerfile.replace('COPY --from=build /out/app /app\n', ''))
})

test('changing a base replaces the image word alone', async () => {
  await choose('base', 'Change base…')
  await page.getByLabel('Base: an image or a stage').fill('debian:bookworm-slim')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownText(page)).toBe(dockerfile.replace('alpine:3.20', 'debian:bookworm-slim'))
})

test('a connection that would be wrong says why at the cursor and writes nothing', async () => {
  const expectRefused = async (from: string, to: string, reason: string, text: string) => {
    const box = await card(from).boundingBox()
    const target = await card(to).boundingBox()
    if (!box || !target) throw new Error('The cards are not on the canvas.')
    await page.mouse.move(box.x + box.width, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 })
    await page.locator('.connect-message', { hasText: reason }).waitFor()
    await page.mouse.up()
    expect(await page.getByLabel('Source').count()).toBe(0)
    expect(await shownText(page)).toBe(text)
  }
  await expectRefused('final', 'base', 'That would make a cycle: final → base → final.', dockerfile)
  await page.locator('.cm-line', { hasText: 'run make' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText('\n\tRUN <<EOF')
  const open = dockerfile.replace('/out/app\n', '/out/app\n\tRUN <<EOF\n')
  await expect.poll(() => shownText(page)).toBe(open)
  const reason = 'Nothing can be written into build: its RUN on line 6 never ends. Write its end first.'
  await card('build').locator('.stage-step', { hasText: 'EOF' }).waitFor()
  await expectRefused('base', 'build', reason, open)
})

test('a line that BuildKit refuses marks its stage, and the rest of the graph lives', async () => {
  await page.locator('.cm-line', { hasText: 'run make' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('\nCOPPY a b')
  await card('build').locator('[data-worst="error"]').first().waitFor()
  expect(await page.locator('.stage-card').count()).toBe(3)
  await page.getByRole('tab', { name: /Problems/ }).click()
  await page.getByText('unknown instruction: COPPY (did you mean COPY?)').first().waitFor()
})

test('the cursor in the text selects the card, and a folded stage hides its lines', async () => {
  await page.locator('.cm-line', { hasText: 'FROM base AS final' }).click()
  await page.locator('.stage-card[data-selected="true"]', { hasText: 'final' }).waitFor()
  await page.keyboard.press('Control+Shift+BracketLeft')
  await page.locator('.cm-foldPlaceholder').waitFor()
  expect(await page.locator('.cm-line', { hasText: 'COPY --from=build' }).count()).toBe(0)
})
