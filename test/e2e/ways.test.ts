import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base
FROM base AS build
RUN make -o /out/app
FROM base AS docs
FROM base AS final
COPY --chown=1000 --from=build /out/app /app
`

const at = windowOn(dockerfile)
const copied = dockerfile.replace('--from=build', '--from=docs')

async function boxOf(name: string) {
  const box = await at.card(name).boundingBox()
  if (box === null) throw new Error(`The card of ${name} is not on the screen.`)
  return box
}

test('an end of a selected edge is dragged to another stage: refused with the reason, else only its name changes', async () => {
  await at.page.locator('.edge-pill[data-kind="copy"]').click()
  const dragTo = async (name: string) => {
    const end = await at.page.locator('.edge-end[data-end="source"]').boundingBox()
    const { x, y } = await boxOf(name)
    if (end === null) throw new Error('The edge is not selected.')
    await at.page.mouse.move(end.x + 6, end.y + 6)
    await at.page.mouse.down()
    await at.page.mouse.move(x + 90, y + 20, { steps: 8 })
  }
  await dragTo('final')
  await at.page
    .getByText(/cannot copy from itself/)
    .first()
    .waitFor()
  await at.page.mouse.up()
  expect(await shownText(at.page)).toBe(dockerfile)
  await dragTo('docs')
  await at.page
    .getByText(/instead of build/)
    .first()
    .waitFor()
  await at.page.mouse.up()
  await expect.poll(() => shownText(at.page)).toBe(copied)
})

test('what a stage needs and what needs it stays bright under the pointer, and with the focus of the keyboard', async () => {
  const dimmed = () => at.page.locator('.stage-card[data-dimmed="true"] .stage-name').allInnerTexts()
  await at.card('build').hover()
  await expect.poll(dimmed).toEqual(['docs'])
  await at.page.mouse.move(5, 5)
  await expect.poll(dimmed).toEqual([])
})

test('Tab goes through the stages in their order, and then through the edges', async () => {
  await at.page.locator('.react-flow__pane').click({ position: { x: 5, y: 300 } })
  const reached: string[] = []
  await at.page.locator('.react-flow__node').first().focus()
  for (let count = 0; count < 5; count++) {
    reached.push(await at.page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? ''))
    await at.page.keyboard.press('Tab')
  }
  expect(reached.slice(0, 4)).toEqual(['base', 'build', 'docs', 'final'])
  expect(await at.page.evaluate(() => document.activeElement?.closest('.react-flow__edge') !== null)).toBe(true)
})

test('by keyboard: E goes round the edges of a card, the arrows lead from an edge to its ends', async () => {
  const { page } = at
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  await at.card('build').locator('.stage-header').click()
  await page.keyboard.press('e')
  await expect.poll(focused).toBe('build is built from base')
  await page.keyboard.press('e')
  await expect.poll(focused).toBe('Copy /out/app from build to /app in final')
  await page.locator('.cm-selected-elsewhere', { hasText: 'COPY --chown=1000' }).waitFor()
  await page.keyboard.press('e')
  await expect.poll(focused).toBe('build is built from base')
  await page.keyboard.press('Shift+e')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toMatch(/^Stage final/)
  await page.keyboard.press('Shift+e')
  await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toBe('final is built from base')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(focused).toMatch(/^Stage base/)
  expect(await shownText(page)).toBe(dockerfile)
})
