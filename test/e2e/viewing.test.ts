import { beforeEach, expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base
FROM base AS build
RUN make -o /out/app
FROM base AS docs
FROM base AS site
FROM base AS final
COPY --from=build /out/app /app
`

const at = windowOn(dockerfile)

async function boxOf(name: string) {
  const box = await at.card(name).boundingBox()
  if (box === null) throw new Error(`The card of ${name} is not on the screen.`)
  return box
}

// The graph is fitted once its pane has its size: no card is reached for before all stand still.
beforeEach(async () => {
  let last = ''
  const standsStill = async () => {
    const before = last
    last = JSON.stringify(await Promise.all(['build', 'docs', 'site', 'final'].map(boxOf)))
    return last === before
  }
  await expect.poll(standsStill, { interval: 200, timeout: 10_000 }).toBe(true)
})

async function emptyPlace() {
  const box = await at.page.locator('.react-flow__pane').boundingBox()
  if (box === null) throw new Error('The canvas is not shown.')
  return { x: box.x + box.width - 120, y: box.y + box.height - 60 }
}

async function drag(from: { x: number; y: number }, by: { x: number; y: number }, button: 'left' | 'middle' = 'left') {
  await at.page.mouse.move(from.x, from.y)
  await at.page.mouse.down({ button })
  await at.page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 })
  await at.page.mouse.move(from.x + by.x, from.y + by.y, { steps: 3 })
  await at.page.mouse.up({ button })
}

async function command(title: string): Promise<void> {
  await at.page.keyboard.press('Control+k')
  await at.page.getByPlaceholder('What should be done?').fill(title)
  await at.page.getByRole('option', { name: title }).first().click()
  await at.page.getByRole('option', { name: title }).first().waitFor({ state: 'detached' })
}

async function select(...names: readonly string[]): Promise<void> {
  await at.page.keyboard.press('Escape')
  for (const name of names)
    await at
      .card(name)
      .locator('.stage-header')
      .click({ modifiers: ['Control'] })
}

const untouched = async () => {
  expect(await shownText(at.page)).toBe(dockerfile)
  expect(await at.page.getByRole('img', { name: 'Unsaved changes' }).count()).toBe(0)
}

test('the wheel zooms at the pointer: what is under it stays there', async () => {
  const before = await boxOf('build')
  const pointer = { x: before.x + 30, y: before.y + 12 }
  await at.page.mouse.move(pointer.x, pointer.y)
  await at.page.mouse.wheel(0, -200)
  await expect.poll(async () => (await boxOf('build')).width).toBeGreaterThan(before.width * 1.05)
  const after = await boxOf('build')
  const scale = after.width / before.width
  expect(pointer.x - after.x).toBeCloseTo(30 * scale, 0)
  expect(pointer.y - after.y).toBeCloseTo(12 * scale, 0)
  await untouched()
})

test('a drag with the middle button pans, over a card too, and a drag on the empty canvas pans', async () => {
  const before = await boxOf('build')
  await drag({ x: before.x + 60, y: before.y + 12 }, { x: 40, y: 30 }, 'middle')
  await expect.poll(async () => Math.round((await boxOf('build')).x - before.x)).toBe(40)
  const [docs, build] = [await boxOf('docs'), await boxOf('build')]
  await drag(await emptyPlace(), { x: -40, y: -30 })
  await expect.poll(async () => Math.round((await boxOf('build')).x - build.x)).toBe(-40)
  expect(Math.round((await boxOf('docs')).x - docs.x)).toBe(-40)
  await untouched()
})

test('with Space held a drag pans wherever it begins, and moves no card', async () => {
  const [build, docs] = [await boxOf('build'), await boxOf('docs')]
  await at.page.mouse.move(build.x + 60, build.y + 12)
  await at.page.keyboard.down('Space')
  await drag({ x: build.x + 60, y: build.y + 12 }, { x: 50, y: 20 })
  await at.page.keyboard.up('Space')
  await expect.poll(async () => Math.round((await boxOf('docs')).x - docs.x)).toBe(50)
  expect(Math.round((await boxOf('build')).x - build.x)).toBe(50)
  expect(await at.page.getByRole('button', { name: /^Undo: Move/ }).count()).toBe(0)
  await untouched()
})

test('2 fits the selection', async () => {
  await select('docs')
  await at.page.keyboard.press('2')
  const pane = await at.page.locator('.react-flow__pane').boundingBox()
  await expect
    .poll(async () => {
      const { x, width } = await boxOf('docs')
      return Math.abs(x + width / 2 - ((pane?.x ?? 0) + (pane?.width ?? 0) / 2))
    })
    .toBeLessThan(4)
  await untouched()
})

test('with the focus of the keyboard on a stage the way to and from it stays bright', async () => {
  await at.page.locator('.react-flow__node').first().focus()
  await at.page.keyboard.press('Tab')
  const dimmed = () => at.page.locator('.stage-card[data-dimmed="true"] .stage-name').allInnerTexts()
  await expect.poll(async () => (await dimmed()).sort()).toEqual(['docs', 'site'])
})

test('the selection is tidied while the rest stays, as one step of undo', async () => {
  const { x, y } = await boxOf('site')
  await at.page.keyboard.down('Alt')
  await drag({ x: x + 60, y: y + 12 }, { x: 30, y: 170 })
  await at.page.keyboard.up('Alt')
  await select('build', 'docs', 'site')
  const [final, moved] = [await boxOf('final'), await boxOf('site')]
  await command('Tidy the selection')
  await expect.poll(async () => Math.round((await boxOf('site')).y)).not.toBe(Math.round(moved.y))
  expect(await boxOf('final')).toEqual(final)
  await at.page.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(async () => Math.round((await boxOf('site')).y), { timeout: 5000 }).toBe(Math.round(moved.y))
  await untouched()
})

test('gaps in a column become equal, also where a card that was dragged near pushes another', async () => {
  const column = ['build', 'docs', 'site'] as const
  const gaps = async () => {
    const boxes = (await Promise.all(column.map(boxOf))).sort((a, b) => a.y - b.y)
    return boxes.slice(1).map((box, index) => box.y - (boxes[index]?.y ?? 0) - (boxes[index]?.height ?? 0))
  }
  const middle = (await Promise.all(column.map(async name => ({ name, box: await boxOf(name) })))).sort(
    (a, b) => a.box.y - b.box.y,
  )[1]
  if (middle === undefined) throw new Error('There is no card in the middle.')
  await at.page.keyboard.down('Alt')
  await drag({ x: middle.box.x + 60, y: middle.box.y + 12 }, { x: 0, y: 30 })
  await at.page.keyboard.up('Alt')
  await select(...column)
  const [above = 0, below = 0] = await gaps()
  expect(Math.abs(above - below)).toBeGreaterThan(8)
  await command('Make the gaps in a column equal')
  await expect
    .poll(async () => {
      const [first = 0, second = 0] = await gaps()
      return Math.abs(first - second)
    })
    .toBeLessThan(0.1)
  await untouched()
})

test('the target end of an edge is dragged to the stage that takes it instead: the line moves there as it is', async () => {
  await at.page.locator('.edge-pill[data-kind="copy"]').click()
  const end = await at.page.locator('.edge-end[data-end="target"]').boundingBox()
  const docs = await boxOf('docs')
  if (end === null) throw new Error('The edge is not selected.')
  await at.page.mouse.move(end.x + end.width / 2, end.y + end.height / 2)
  await at.page.mouse.down()
  await at.page.mouse.move(docs.x + 90, docs.y + 20, { steps: 8 })
  await at.page.mouse.up()
  const line = 'COPY --from=build /out/app /app\n'
  await expect
    .poll(() => shownText(at.page))
    .toBe(dockerfile.replace(line, '').replace('AS docs\n', `AS docs\n${line}`))
})
