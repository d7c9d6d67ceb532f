import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base

FROM base AS build
RUN make -o /out/app

FROM base AS docs
RUN make docs

FROM base AS final
COPY --from=build /out/app /app
`

const at = windowOn(dockerfile)
const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
const stage = (name: string) => dockerfile.slice(dockerfile.indexOf(`FROM base AS ${name}`)).split('\n\n')[0] ?? ''
const undoButton = () => at.page.getByRole('button', { name: /^Undo/ })
const undo = async () => {
  await undoButton().click()
  await expectText(dockerfile)
}

async function boxOf(selector: string) {
  const box = await at.page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not on the screen.`)
  return box
}

/** A place of the canvas with nothing on it, and no notice over it. */
async function emptyPlace() {
  const { x, y, width, height } = await boxOf('.react-flow__pane')
  return { x: x + width * 0.4, y: y + height - 60 }
}

test('by mouse alone, stages are copied, cut, pasted and duplicated, and deleted in each of three ways', async () => {
  const { page } = at
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const chooseOnCanvas = async (entry: string) => {
    const { x, y } = await emptyPlace()
    await page.mouse.click(x, y, { button: 'right' })
    await page.getByRole('menu', { name: 'Canvas' }).getByRole('menuitem', { name: entry }).click()
  }
  const docs = stage('docs')
  await at.choose('docs', 'Copy Ctrl+C')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${docs}\n`)
  await chooseOnCanvas('Paste stages')
  await expectText(dockerfile.replace(docs, `${docs}\n\n${docs.replace('AS docs', 'AS docs-2')}`))
  await undo()
  await at.choose('docs', 'Duplicate')
  await expectText(dockerfile.replace(docs, `${docs}\n\n${docs.replace('AS docs', 'AS docs-2')}`))
  await undo()
  await at.choose('docs', 'Cut')
  await expectText(dockerfile.replace(`${docs}\n\n`, ''))
  await undo()

  const dialog = page.getByRole('dialog', { name: 'Delete build' })
  const without = dockerfile.replace(`${stage('build')}\n\n`, '')
  const remove = async (way: string, other?: string) => {
    await at.choose('build', 'Delete')
    await dialog.getByRole('radio', { name: way }).check()
    if (other !== undefined) await dialog.getByLabel('Stage to take from instead').selectOption(other)
    await dialog.getByRole('button', { name: 'Delete' }).click()
  }
  await at.choose('build', 'Delete')
  await dialog.getByText(/final/).first().waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await shownText(page)).toBe(dockerfile)
  await remove('Delete what was taken from it, too')
  await expectText(without.replace('COPY --from=build /out/app /app\n', ''))
  await undo()
  await remove('Take that from its base instead')
  await expectText(without.replace('=build', '=base'))
  await undo()
  await remove('Take all of it from another stage', 'docs')
  await expectText(without.replace('=build', '=docs'))
  await undo()

  await at.choose('final', 'Copy from the build context')
  await page.getByRole('dialog', { name: 'Copy from build context to final' }).getByLabel('Source').fill('site.conf')
  await page.getByLabel('Destination').fill('/etc/')
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expectText(`${dockerfile}COPY site.conf /etc/\n`)
  await undo()
  await chooseOnCanvas('Add a stage')
  await page.locator('.add-input:focus').fill('scratch')
  await page.getByRole('option', { name: 'scratch' }).first().click()
  await page.getByLabel('Name').and(page.locator(':focus')).fill('empty')
  await page.getByRole('button', { name: 'Add stage', exact: true }).last().click()
  await expectText(dockerfile.replace('FROM base AS final', 'FROM scratch AS empty\n\nFROM base AS final'))
})

test('what is selected, pointed at, zoomed or resized is no step of undo; sizes of panes are remembered', async () => {
  const { page } = at
  const zoom = async () => Number.parseInt(await page.locator('.graph-zoom').innerText(), 10)
  const fitted = await zoom()
  await page.getByRole('button', { name: /^Zoom in/ }).click()
  await expect.poll(zoom).toBeGreaterThan(fitted)
  await page.locator('.graph-zoom').click()
  await expect.poll(zoom).toBe(100)
  await page.getByRole('button', { name: /^Fit the graph/ }).click()
  await expect.poll(zoom).toBe(fitted)
  await page.getByRole('button', { name: /^Show or hide the outline/ }).click()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  for (const name of ['build', 'docs', 'final']) {
    await at.card(name).hover()
    await at.card(name).locator('.stage-header').click()
  }
  await page.locator('.edge-pill[data-kind="copy"]').click()
  await page.locator('.cm-line', { hasText: 'RUN make docs' }).click()
  await page.getByRole('treeitem', { name: /^Stage base/ }).click()

  const sizes = async () => {
    const [outline, text, drawer] = [await boxOf('#outline'), await boxOf('#text'), await boxOf('#drawer')]
    return { outline: outline.width, text: text.width, drawer: drawer.height }
  }
  const before = await sizes()
  const drag = async (name: string, x: number, y: number) => {
    const box = await page.getByRole('separator', { name }).boundingBox()
    if (box === null) throw new Error(`There is no ${name}.`)
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + x, from.y + y, { steps: 4 })
    await page.mouse.up()
  }
  await drag('Width of the outline', 60, 0)
  await drag('Width of the text', -90, 0)
  await drag('Height of the lower pane', 0, -80)
  const changed = await sizes()
  expect(changed.outline).toBeGreaterThan(before.outline + 40)
  expect(changed.text).toBeGreaterThan(before.text + 60)
  expect(changed.drawer).toBeGreaterThan(before.drawer + 60)
  expect(await undoButton().isDisabled()).toBe(true)
  expect(await shownText(page)).toBe(dockerfile)

  // By keyboard, too: a separator has the focus and arrows.
  await page.getByRole('separator', { name: 'Width of the text' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await sizes()).text).toBeGreaterThan(changed.text + 4)
  const wanted = await sizes()
  await page.waitForTimeout(500)
  await page.reload()
  await page.getByRole('button', { name: /^Show or hide the outline/ }).click()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  for (const side of ['outline', 'text', 'drawer'] as const)
    await expect.poll(async () => Math.abs((await sizes())[side] - wanted[side])).toBeLessThan(3)
})

test('two fingers pan and pinch the canvas, at the place between them', async () => {
  const { page } = at
  const touch = await page.context().newCDPSession(page)
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  await page.reload()
  await at.card('final').waitFor()
  const cardBox = async () => {
    const box = await at.card('build').boundingBox()
    if (box === null) throw new Error('The card is not on the screen.')
    return box
  }
  let last = ''
  await expect.poll(async () => last === (last = JSON.stringify(await cardBox())), { interval: 200 }).toBe(true)
  const { x, y } = await emptyPlace()
  const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number, by: { x: number; y: number }) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [-apart, apart].map((offset, id) => ({ x: x - 60 + offset + by.x, y: y - 60 + by.y, id })),
    })
  const nowhere = { x: 0, y: 0 }
  const before = await cardBox()
  await fingers('touchStart', 30, nowhere)
  for (const part of [0.25, 0.5, 0.75, 1]) await fingers('touchMove', 30, { x: -48 * part, y: -40 * part })
  await fingers('touchEnd', 30, nowhere)
  await expect.poll(async () => Math.round((await cardBox()).x - before.x)).toBe(-48)
  expect(Math.round((await cardBox()).y - before.y)).toBe(-40)
  const moved = await cardBox()
  await fingers('touchStart', 30, nowhere)
  for (const apart of [35, 40, 45]) await fingers('touchMove', apart, nowhere)
  await fingers('touchEnd', 45, nowhere)
  await expect.poll(async () => (await cardBox()).width / moved.width).toBeCloseTo(1.5, 1)
  expect(await shownText(page)).toBe(dockerfile)
  expect(await undoButton().isDisabled()).toBe(true)
})
