import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base
FROM base AS final
RUN true
`

const at = windowOn(dockerfile)
const input = () => at.page.locator('.add-input:focus')
const shown = () => expect.poll(() => shownText(at.page))
/** A place of the canvas with nothing on it. */
async function emptyPlace(): Promise<{ x: number; y: number }> {
  const box = await at.page.locator('.react-flow__pane').boundingBox()
  if (box === null) throw new Error('There is no canvas.')
  return { x: box.x + box.width * 0.6, y: box.y + box.height * 0.85 }
}

test('a double click on the empty canvas adds an image that is typed, where it was asked for', async () => {
  const { page } = at
  const place = await emptyPlace()
  await page.mouse.dblclick(place.x, place.y)
  await input().fill('debian:12')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').and(page.locator(':focus')).fill('tools')
  await page.keyboard.press('Enter')
  await shown().toBe('FROM alpine:3.20 AS base\nFROM debian:12 AS tools\nFROM base AS final\nRUN true\n')
  const box = await at.card('tools').boundingBox()
  expect(Math.hypot((box?.x ?? 0) - place.x, (box?.y ?? 0) - place.y)).toBeLessThan(8)
})

test('by keyboard: A adds below the selected stage, Tab on the empty canvas above the final one', async () => {
  const { page } = at
  await at.card('base').locator('.stage-header').click()
  await page.keyboard.press('a')
  await input().fill('scratch')
  await page.keyboard.press('Enter')
  await page.keyboard.type('empty')
  await page.keyboard.press('Enter')
  await shown().toBe('FROM alpine:3.20 AS base\nFROM scratch AS empty\nFROM base AS final\nRUN true\n')
  const place = await emptyPlace()
  await page.mouse.click(place.x, place.y)
  await page.keyboard.press('Tab')
  await input().fill('from empty')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await shown().toBe('FROM alpine:3.20 AS base\nFROM scratch AS empty\nFROM empty\nFROM base AS final\nRUN true\n')
})

test('a starter is added whole, from the palette, with names that are free', async () => {
  const { page } = at
  await page.keyboard.press('Control+k')
  await page.locator('.palette-input:focus').fill('add a stage')
  await page.keyboard.press('Enter')
  await input().fill('static')
  await page.keyboard.press('Enter')
  await at.card('final-2').waitFor()
  const text = await shownText(page)
  expect(text.startsWith('FROM alpine:3.20 AS base\nFROM node:22-slim AS build\n')).toBe(true)
  expect(
    text.endsWith('COPY --from=build /site/dist /usr/share/nginx/html\nEXPOSE 80\nFROM base AS final\nRUN true\n'),
  ).toBe(true)
  await page.keyboard.press('Control+z')
  await shown().toBe(dockerfile)
})

test('an entry of the list is dragged onto the canvas or onto a card, which is then asked what for', async () => {
  const { page } = at
  await page.getByRole('button', { name: /Show or hide the list to add from/ }).click()
  const list = page.getByRole('region', { name: 'Add by dragging' })
  const drag = async (entry: string, to: { x: number; y: number }) => {
    await list.getByRole('option', { name: entry }).first().hover()
    await page.mouse.down()
    await page.mouse.move(to.x - 20, to.y, { steps: 3 })
    await page.mouse.move(to.x, to.y)
    await page.mouse.up()
  }
  await drag('scratch', await emptyPlace())
  await page.getByLabel('Name').and(page.locator(':focus')).fill('empty')
  await page.keyboard.press('Enter')
  const added = 'FROM alpine:3.20 AS base\nFROM scratch AS empty\nFROM base AS final\nRUN true\n'
  await shown().toBe(added)
  const card = await at.card('final').boundingBox()
  const onFinal = { x: (card?.x ?? 0) + 120, y: (card?.y ?? 0) + 24 }
  await drag('From empty', onFinal)
  await page.getByRole('menuitem', { name: 'Use empty as its base' }).click()
  await shown().toBe(added.replace('FROM base', 'FROM empty'))
  await drag('alpine:3.20', onFinal)
  await page.getByRole('menuitem', { name: 'Copy from alpine:3.20…' }).click()
  await page.getByLabel('Source').fill('/etc/os-release')
  await page.getByLabel('Destination').fill('/os')
  await page.keyboard.press('Enter')
  await shown().toBe(
    added
      .replace('FROM base', 'FROM empty')
      .replace('RUN true', 'RUN true\nCOPY --from=alpine:3.20 /etc/os-release /os'),
  )
})

test('by keyboard: an entry of the list is added with Enter', async () => {
  const { page } = at
  await at.card('base').locator('.stage-header').click()
  await page.keyboard.press('Shift+A')
  const list = page.getByRole('region', { name: 'Add by dragging' })
  await list.getByRole('combobox').fill('scratch')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').and(page.locator(':focus')).fill('empty')
  await page.keyboard.press('Enter')
  await shown().toBe('FROM alpine:3.20 AS base\nFROM scratch AS empty\nFROM base AS final\nRUN true\n')
})

test('by keyboard: an entry of the list is given to the selected card with Shift and Enter, else to one that is picked', async () => {
  const { page } = at
  await at.card('final').locator('.stage-header').click()
  await page.keyboard.press('Shift+A')
  const input = page.getByRole('region', { name: 'Add by dragging' }).getByRole('combobox')
  await input.fill('alpine:3.20')
  await page.keyboard.press('Shift+Enter')
  await page.getByRole('menu', { name: 'Drop on final' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByLabel('Source').fill('/etc/os-release')
  await page.getByLabel('Destination').fill('/os')
  await page.keyboard.press('Enter')
  const copied = `${dockerfile}COPY --from=alpine:3.20 /etc/os-release /os\n`
  await shown().toBe(copied)
  const place = await emptyPlace()
  await page.mouse.click(place.x, place.y)
  await input.fill('scratch')
  await page.keyboard.press('Shift+Enter')
  await page.getByRole('combobox', { name: 'Find a stage' }).fill('base')
  await page.keyboard.press('Enter')
  await page.getByRole('menu', { name: 'Drop on base' }).waitFor()
  await page.keyboard.press('Enter')
  await shown().toBe(copied.replace('FROM alpine:3.20', 'FROM scratch'))
})
