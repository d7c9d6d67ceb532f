import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { graphModel } from '../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { launchBrowser, openWindow, openWorkshop, startHost, type Workshop } from './harness.ts'

/** Every stage from an earlier one, every third copying from another: 260 stages of ordinary instructions. */
function manyStages(count: number): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const base = index === 0 ? 'alpine:3.20' : `stage-${Math.floor((index - 1) / 3)}`
    const copy = index % 3 === 2 ? `COPY --from=stage-${index - 1} /out /in\n` : ''
    return `FROM ${base} AS stage-${index}\nWORKDIR /src\n${copy}COPY . .\nRUN make part-${index} \\\n  && make install\n`
  })
  return stages.join('\n')
}

/** Their tasks are held back until they are let go, so that what is done meanwhile comes before them. */
const holdWorkers = (context: BrowserContext) =>
  context.addInitScript(() => {
    const held: (() => void)[] = []
    window.Worker = class extends Worker {
      override postMessage(message: unknown) {
        held.push(() => super.postMessage(message))
      }
    }
    Object.assign(window, { held, letGo: () => held.splice(0).forEach(send => send()) })
  })
const letWorkersGo = (page: Page) => page.evaluate(() => (window as unknown as { letGo: () => void }).letGo())

let browser: Browser
let workshop: Workshop

beforeAll(async () => {
  browser = await launchBrowser()
  workshop = await openWorkshop()
})
afterAll(async () => {
  await browser.close()
  await workshop.remove()
})

test('a file of 260 stages opens, takes every key typed into it, and finds a stage from the outline', async () => {
  const path = await workshop.write('Dockerfile', manyStages(260))
  const host = await startHost({ path, state: `${workshop.folder}/state` })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const { page, complaints } = await openWindow(context, host.url)
  await page.locator('.stage-card').first().waitFor()
  await page.locator('.cm-line', { hasText: 'WORKDIR /src' }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type('/some/longer/path/typed/without/waiting')
  await page.keyboard.press('Control+s')
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  const expected = manyStages(260).replace('WORKDIR /src', 'WORKDIR /src/some/longer/path/typed/without/waiting')
  expect(readFileSync(path, 'utf8')).toBe(expected)
  await page.getByRole('button', { name: /^Show or hide the outline/ }).click()
  await page.getByRole('navigation', { name: 'Outline' }).getByText('stage-0', { exact: true }).click()
  await page.locator('.stage-card[data-selected="true"]').waitFor()
  expect(complaints).toEqual([])
  await host.stop()
})

test('a large graph is laid out aside: keys typed meanwhile arrive, places are those of the layout, problems come after', async () => {
  const text = `${manyStages(260)}MAINTAINER nobody\n`
  const path = await workshop.write('Dockerfile', text)
  const host = await startHost({ path, state: `${workshop.folder}/state` })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await holdWorkers(context)
  const { page, complaints } = await openWindow(context, host.url)
  await page.getByText('Laying out…').waitFor()
  expect(await page.locator('.stage-card').count()).toBe(0)
  await page.locator('.cm-line', { hasText: 'WORKDIR /src' }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type('/typed/meanwhile')
  const problems = page.locator('#tab-problems .badge')
  const targets = page.getByRole('combobox', { name: 'Target' }).locator('option')
  expect([await problems.count(), await targets.count()]).toEqual([0, 1])
  await letWorkersGo(page)
  await page.locator('.stage-card').first().waitFor()
  await problems.waitFor()
  await expect.poll(() => targets.count()).toBe(260)
  expect(await page.getByText('Laying out…').count()).toBe(0)

  const typed = text.replace('WORKDIR /src', 'WORKDIR /src/typed/meanwhile')
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const model = graphModel(analyze(typed), view)
  const places = createPlacer().place(model, new Map())
  const expected = new Map(model.cards.map(({ key, content }) => [content.title, places.get(key)]))
  const shown = await page.locator('.react-flow__node').evaluateAll(cards =>
    cards.map(card => {
      const { m41: x, m42: y } = new DOMMatrix(getComputedStyle(card).transform)
      return { title: card.querySelector('.stage-name')?.textContent ?? '', at: { x, y } }
    }),
  )
  expect(shown.length).toBeGreaterThan(5)
  for (const { title, at } of shown) expect({ title, at }).toEqual({ title, at: expected.get(title) })

  await page.keyboard.press('Control+s')
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  expect(readFileSync(path, 'utf8')).toBe(typed)
  expect(complaints).toEqual([])
  await host.stop()
})

test('a dropped request for the thread that lays out a large graph is made again', async () => {
  const path = await workshop.write('Dockerfile', manyStages(260))
  const host = await startHost({ path, state: `${workshop.folder}/state` })
  const context = await browser.newContext()
  let asked = 0
  await context.route(/\/layout-worker-[\w-]+\.js$/, route =>
    asked++ === 0 ? route.abort('failed') : route.continue(),
  )
  const { page } = await openWindow(context, host.url)
  await page.locator('.stage-card').first().waitFor()
  expect(asked).toBe(2)
  expect(page.workers().length).toBe(1)
  await host.stop()
})

test('a gesture on a graph that has not yet followed the text is worked out on the text as it stands', async () => {
  const text = `# note\n\nFROM scratch AS lonely\nCOPY a /a\n\n${manyStages(260)}`
  const path = await workshop.write('Dockerfile', text)
  const host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(await browser.newContext(), host.url)
  await page.locator('.stage-card').first().waitFor()
  await page.getByRole('button', { name: /^Show or hide the outline/ }).click()
  await page.getByRole('navigation', { name: 'Outline' }).getByText('lonely', { exact: true }).click()
  const card = page.locator('.stage-card[data-selected="true"]')
  await card.waitFor()
  await card.evaluate(async element => {
    // Both in one task: the drawing has had no time to follow.
    document.querySelector('.cm-line')?.prepend('# typed just now ')
    await Promise.resolve()
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }))
  })
  await card.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+s')
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  expect(readFileSync(path, 'utf8')).toBe(`# typed just now # note\n\n${manyStages(260)}`)
  expect(complaints).toEqual([])
  await host.stop()
})

test('cards of a large file that stand where they were kept have their edges before all ways are found', async () => {
  const path = await workshop.write('Dockerfile', manyStages(260))
  const state = `${workshop.folder}/kept`
  const target = (page: Page) => page.locator('.react-flow__node').filter({ has: page.locator('[data-target="true"]') })
  const placeOf = (page: Page) => target(page).evaluate(({ style }) => style.transform)
  const host = await startHost({ path, state })
  const { page: first } = await openWindow(await browser.newContext(), host.url)
  const before = await placeOf(first)
  await target(first).focus()
  await first.keyboard.press('Shift+ArrowDown')
  await expect.poll(() => placeOf(first)).not.toBe(before)
  const moved = await placeOf(first)
  await first.waitForTimeout(300)
  await first.context().close()
  await host.stop()

  const again = await startHost({ path, state })
  const context = await browser.newContext()
  await holdWorkers(context)
  const { page, complaints } = await openWindow(context, again.url)
  expect(await placeOf(page)).toBe(moved)
  await expect.poll(() => page.locator('.graph-edge-line').count()).toBeGreaterThan(0)
  expect(await page.locator('.passing-lines').count()).toBe(0)
  await letWorkersGo(page)
  await page.locator('.passing-lines').waitFor()
  expect(await placeOf(page)).toBe(moved)
  expect(complaints).toEqual([])
  await again.stop()
})

test('all cards are tidied aside, and the text takes keys meanwhile', async () => {
  const path = await workshop.write('Dockerfile', manyStages(260))
  const host = await startHost({ path, state: `${workshop.folder}/moved` })
  const context = await browser.newContext()
  await holdWorkers(context)
  const { page, complaints } = await openWindow(context, host.url)
  const held = () => page.evaluate(() => (window as unknown as { held: unknown[] }).held.length)
  const target = page.locator('.react-flow__node').filter({ has: page.locator('[data-target="true"]') })
  const place = () => target.evaluate(({ style }) => style.transform)
  await expect.poll(held).toBe(1)
  await letWorkersGo(page)
  await page.locator('.passing-lines').waitFor()
  const first = await place()

  await target.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Shift+ArrowDown')
  await expect.poll(place).not.toBe(first)
  const second = await place()

  await page.getByRole('button', { name: /^Tidy/ }).click()
  await expect.poll(held).toBe(1)
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# typed meanwhile')
  await page.locator('.cm-line', { hasText: '# typed meanwhile' }).waitFor()
  expect(await place()).toBe(second)
  await letWorkersGo(page)
  await expect.poll(place).toBe(first)
  await page.locator('.passing-lines').waitFor()
  expect(complaints).toEqual([])
  await host.stop()
})
