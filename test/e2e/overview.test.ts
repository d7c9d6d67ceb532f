import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { countCardRenders, takeCardRenders } from './card-renders.ts'
import { launchBrowser, openWindow, openWorkshop, type RunningHost, startHost, type Workshop } from './harness.ts'

/** Twelve chains of ten stages. */
const dockerfile = Array.from({ length: 120 }, (_, index) => {
  const base = index % 10 === 0 ? 'alpine:3.20' : `stage-${index - 1}`
  return `FROM ${base} AS stage-${index}\nWORKDIR /src\nCOPY . .\nRUN make part-${index}\nRUN make install\n`
}).join('\n')

let browser: Browser
let context: BrowserContext
let workshop: Workshop
let host: RunningHost
let path: string
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  path = await workshop.write('Dockerfile', dockerfile)
  host = await startHost({ path, state: `${workshop.folder}/state` })
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await countCardRenders(context)
  ;({ page, complaints } = await openWindow(context, host.url))
  await page.locator('.stage-card').first().waitFor()
})
afterEach(async () => {
  expect(complaints).toEqual([])
  await context.close()
  await host.stop()
  await workshop.remove()
})

async function lookFromAfar(): Promise<void> {
  await page.getByRole('button', { name: /^Fit/ }).click()
  await page.getByRole('img', { name: 'Overview of 120 stages' }).waitFor()
}

/** Moves the pointer until a block is under it. */
async function pointAtABlock(): Promise<{ readonly x: number; readonly y: number; readonly name: string }> {
  const pane = await page.locator('.react-flow__pane').boundingBox()
  if (pane === null) throw new Error('The canvas is not shown.')
  for (let at = 0; at < 400; at++) {
    const x = pane.x + pane.width * (0.1 + 0.8 * ((at * 0.618) % 1))
    const y = pane.y + pane.height * (0.15 + (0.7 * at) / 400)
    await page.mouse.move(x, y)
    const name = page.locator('.overview-name strong')
    if ((await name.count()) > 0) return { x, y, name: await name.innerText() }
  }
  throw new Error('There is no block anywhere.')
}

const marked = () => page.locator('.cm-activeLine').innerText()

test('a key typed into a step draws the card of its stage once and no other', async () => {
  await page.locator('.cm-line', { hasText: 'RUN make part-0' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('x')
  const card = page.locator('.stage-card[data-selected="true"]')
  await card.getByText('make part-0x', { exact: true }).waitFor()
  await takeCardRenders(page)
  await page.keyboard.type('y')
  await card.getByText('make part-0xy', { exact: true }).waitFor()
  expect(Object.values(await takeCardRenders(page))).toEqual([1])
})

test('from afar there is one picture, and a key typed draws no card at all', async () => {
  await lookFromAfar()
  expect(await page.locator('.react-flow__node').count()).toBe(0)
  await page.locator('.cm-line', { hasText: 'RUN make part-0' }).click()
  await takeCardRenders(page)
  await page.keyboard.type('y')
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor()
  await page.waitForTimeout(100)
  expect(await takeCardRenders(page)).toEqual({})
})

test('in the overview a double click leads to the text, and a drag moves the block and nothing in the file', async () => {
  await lookFromAfar()
  const block = await pointAtABlock()
  await page.mouse.dblclick(block.x, block.y)
  await expect.poll(marked).toMatch(new RegExp(`AS ${block.name}$`))
  const viewport = () => page.locator('.react-flow__viewport').getAttribute('style')
  const before = await viewport()
  await page.mouse.move(block.x, block.y)
  await page.mouse.down()
  await page.mouse.move(block.x + 20, block.y + 300, { steps: 4 })
  await page.mouse.up()
  await page.mouse.move(block.x, block.y)
  await page.locator('.overview-name', { hasText: block.name }).waitFor({ state: 'detached' })
  expect(await viewport()).toBe(before)
  expect(await page.getByRole('img', { name: 'Unsaved changes' }).count()).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(dockerfile)
})

test('in the overview arrow keys go from stage to stage, and F2 renames the one they reached', async () => {
  await lookFromAfar()
  const block = await pointAtABlock()
  await page.mouse.click(block.x, block.y)
  await page.locator('.graph-overview').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('F2')
  const field = page.locator('.stage-name-field')
  await field.waitFor()
  const reached = await field.inputValue()
  expect(reached).toMatch(/^stage-\d+$/)
  expect(reached).not.toBe(block.name)
  await page.keyboard.type('renamed')
  await page.keyboard.press('Enter')
  await page.locator('.cm-content', { hasText: 'AS renamed' }).waitFor()
})

test('at actual size the page holds the cards near the view alone, and a press on the small map brings others', async () => {
  await page.locator('.graph-zoom').click()
  const map = await page.getByRole('img', { name: 'Overview of the graph' }).boundingBox()
  if (map === null) throw new Error('There is no small map.')
  /** The places in their chains of the stages whose cards are in the page. */
  const placesAfterPress = async (x: number) => {
    await page.mouse.click(x, map.y + map.height / 2)
    const names = await page.locator('.stage-name').allInnerTexts()
    return new Set(names.map(name => name.slice(-1)))
  }
  await expect.poll(async () => [...(await placesAfterPress(map.x + 10))]).toContain('0')
  expect(await placesAfterPress(map.x + 10)).not.toContain('9')
  await expect.poll(async () => [...(await placesAfterPress(map.x + map.width - 10))]).toContain('9')
  expect(await placesAfterPress(map.x + map.width - 10)).not.toContain('0')
})
