import { expect, test } from 'vitest'
import { windowOn } from './window-on.ts'

/** A tree whose lines run far up and down between its columns. */
const dockerfile = Array.from({ length: 160 }, (_, index) => {
  const base = index === 0 ? 'alpine:3.20' : `stage-${(index - 1) >> 2}`
  return `FROM ${base} AS stage-${index}\nRUN make part-${index}\n`
}).join('\n')

const at = windowOn(dockerfile)
const lines = () => at.page.locator('.react-flow__edge')

/** The pointer is on a line of the picture then, beside all cards and other edges. */
async function pointAtAPassingLine(): Promise<void> {
  const picture = await at.page.locator('.passing-lines').boundingBox()
  if (picture === null) throw new Error('No line passes the view.')
  const before = await lines().count()
  for (let y = 0.2; y < 0.8; y += 0.2) {
    for (let x = picture.x; x < picture.x + picture.width; x += 4) {
      await at.page.mouse.move(x, picture.y + picture.height * y)
      if ((await lines().count()) > before) return
    }
  }
  throw new Error('The pointer met no passing line.')
}

test('edges that only pass the view are one picture, and answer to the pointer all the same', async () => {
  await at.page.getByRole('button', { name: /^Fit/ }).click()
  await at.page.getByRole('img', { name: 'Overview of 160 stages' }).waitFor()
  await at.page.locator('.graph-zoom').click()
  await at.page.locator('.graph-zoom', { hasText: '100' }).waitFor()
  // One edge for each card near the view, as each has one base; those of all other cards are on the picture.
  expect(await lines().count()).toBeLessThanOrEqual(await at.page.locator('.react-flow__node').count())
  await pointAtAPassingLine()
  await at.page.mouse.down()
  await at.page.mouse.up()
  const chosen = at.page.locator('.react-flow__edge .graph-edge[data-selected="true"]')
  await chosen.waitFor()
  expect(await chosen.locator('title').textContent()).toMatch(/stage-\d+.*stage-\d+/)
})

test('by keyboard: E reaches the edges of a card that lead out of the view, and an arrow follows one', async () => {
  const { page } = at
  await page.getByRole('button', { name: /^Fit/ }).click()
  await page.locator('.graph-zoom').click()
  await page.locator('.graph-zoom', { hasText: '100' }).waitFor()
  await page.locator('.cm-line', { hasText: 'AS stage-0' }).click()
  await page.locator('.react-flow__node', { has: page.getByText('stage-0', { exact: true }) }).focus()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  const reached: string[] = []
  for (let count = 0; count < 4; count++) {
    const before = await focused()
    await page.keyboard.press('e')
    await expect.poll(focused).not.toBe(before)
    reached.push(await focused())
  }
  expect(reached).toEqual([1, 2, 3, 4].map(child => `stage-${child} is built from stage-0`))
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toMatch(/^Stage stage-4,/)
})
