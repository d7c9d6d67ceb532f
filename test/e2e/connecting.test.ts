import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS final
WORKDIR /app
COPY a.txt .

FROM alpine:3.20 AS build
RUN make -o /out/app

FROM alpine:3.20 AS tools
COPY --from=build /out/app /out/map /bin/
RUN --mount=type=bind,from=build,target=/mnt make
CMD ["tools"]
`

const at = windowOn(dockerfile)
const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
const undo = () => at.page.getByRole('button', { name: /^Undo/ }).click()

/** Drags from the right edge of a card, where connections begin; the button stays down. */
async function dragFrom(name: string, to: { readonly x: number; readonly y: number }): Promise<void> {
  const card = await at.card(name).elementHandle()
  await card.waitForElementState('stable')
  const box = await card.boundingBox()
  if (box === null) throw new Error(`${name} is not on the canvas.`)
  await at.page.mouse.move(box.x + box.width, box.y + box.height / 2)
  await at.page.mouse.down()
  await at.page.mouse.move(to.x, to.y, { steps: 12 })
}

async function middleOf(name: string) {
  const box = await at.card(name).boundingBox()
  if (box === null) throw new Error(`${name} is not on the canvas.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** A place of the canvas where nothing is. */
async function emptyPlace() {
  const pane = await at.page.locator('.react-flow__pane').boundingBox()
  if (pane === null) throw new Error('The canvas is not shown.')
  return { x: pane.x + pane.width - 120, y: pane.y + pane.height - 60 }
}

test('a drop on a stage further up says that it will move, moves both as one step, and undo takes both back', async () => {
  await dragFrom('build', await middleOf('final'))
  await at.page.getByText(/above/).first().waitFor()
  await at.page.mouse.up()
  await at.page.getByLabel('Source').fill('/out/app')
  await at.page.getByLabel('Destination').fill('/app/app')
  await at.page.keyboard.press('Enter')
  const [final = '', build = ''] = dockerfile.split('\n\n')
  await expectText(
    dockerfile.replace(`${final}\n\n${build}`, `${build}\n\n${final}\nCOPY --from=build /out/app /app/app`),
  )
  // The next key is the canvas's.
  expect(await at.page.evaluate(() => document.activeElement?.closest('.graph-pane') !== null)).toBe(true)
  const told = at.page.locator('.notice', { hasText: 'build was moved above final, which copies from it now.' })
  await told.getByRole('button', { name: 'Undo' }).click()
  await expectText(dockerfile)
  await told.waitFor({ state: 'detached' })
})

test('Tab goes to the destination and selects it, so that typing replaces it', async () => {
  await dragFrom('build', await middleOf('tools'))
  await at.page.mouse.up()
  await at.page.getByLabel('Source').fill('/out/log')
  await at.page.keyboard.press('Tab')
  await at.page.keyboard.type('/var/log/')
  expect(await at.page.getByLabel('Destination').inputValue()).toBe('/var/log/')
  await at.page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expectText(dockerfile.replace('/bin/\n', '/bin/\nCOPY --from=build /out/log /var/log/\n'))
})

test('Escape in the popover leaves no trace, and a stage cannot copy from itself', async () => {
  const stages = await middleOf('tools')
  await dragFrom('build', stages)
  await at.page.mouse.up()
  await at.page.getByLabel('Source').fill('/elsewhere')
  await at.page.keyboard.press('Escape')
  await at.page.getByLabel('Source').waitFor({ state: 'detached' })
  await dragFrom('tools', { x: stages.x - 200, y: stages.y - 200 })
  await at.page.mouse.move(stages.x, stages.y, { steps: 6 })
  await at.page
    .getByText(/itself/)
    .first()
    .waitFor()
  await at.page.mouse.up()
  expect(await at.page.getByLabel('Source').count()).toBe(0)
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('while a connection is drawn, stages that can take it light up and those that cannot step back', async () => {
  const place = await emptyPlace()
  await dragFrom('tools', place)
  const reach = (name: string) => at.card(name).getAttribute('data-reach')
  // What tools itself takes from stands below final.
  expect([await reach('tools'), await reach('final'), await reach('build')]).toEqual(['start', 'closed', 'closed'])
  await at.page.keyboard.press('Escape')
  await at.page.mouse.up()
  await dragFrom('build', place)
  expect([await reach('build'), await reach('final'), await reach('tools')]).toEqual(['start', 'open', 'open'])
  await at.page.keyboard.press('Escape')
  await at.page.mouse.up()
  await dragFrom('tools', place)
  await expect
    .poll(() => at.card('build').evaluate(element => Number(getComputedStyle(element).opacity)))
    .toBeLessThan(0.7)
  const target = await middleOf('final')
  await at.page.mouse.move(target.x, target.y, { steps: 4 })
  await at.page.getByText(/tools cannot move above final: it needs build/).waitFor()
  await at.page.mouse.up()
  expect(await at.page.getByLabel('Source').count()).toBe(0)
  expect(await shownText(at.page)).toBe(dockerfile)
})

const dropMenu = () => at.page.getByRole('menu', { name: 'New stage' })

test('a drop on the empty canvas makes a stage from the one dragged, or one that copies from it', async () => {
  const place = await emptyPlace()
  const drop = async (entry: RegExp) => {
    await dragFrom('build', place)
    await at.page.mouse.up()
    await dropMenu().getByRole('menuitem', { name: entry }).click()
  }
  await drop(/^New stage from this/)
  await at.page.getByLabel('Name').and(at.page.locator(':focus')).fill('next')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('FROM alpine:3.20 AS tools', 'FROM build AS next\n\nFROM alpine:3.20 AS tools'))
  // What is added is shown, and the view glides there.
  await at.card('next').waitFor()
  await undo()
  await at.card('next').waitFor({ state: 'detached' })
  await expectText(dockerfile)
  await drop(/^New stage that copies/)
  await at.page.getByLabel('Base: an image or a stage').fill('scratch')
  await at.page.getByLabel('Name').fill('taken')
  await at.page.keyboard.press('Enter')
  await at.page.getByRole('dialog', { name: 'Copy from build to taken' }).waitFor()
  await at.page.getByLabel('Destination').fill('/app')
  await at.page.keyboard.press('Enter')
  const added = 'FROM scratch AS taken\nCOPY --from=build /out/app /app\n\nFROM alpine:3.20 AS tools'
  await expectText(dockerfile.replace('FROM alpine:3.20 AS tools', added))
})

test('a drop on the empty canvas offers what is possible, and Escape writes nothing', async () => {
  await dragFrom('build', await emptyPlace())
  await at.page.mouse.up()
  const menu = dropMenu()
  expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual([
    expect.stringContaining('New stage from this'),
    expect.stringContaining('New stage that copies from this'),
    expect.stringContaining('Cancel'),
  ])
  await at.page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('by keyboard: C names the stages that can take it, narrowed by typing, and says why another cannot', async () => {
  await at.card('build').locator('.stage-header').click()
  await at.page.keyboard.press('c')
  const list = at.page.getByRole('listbox', { name: 'Stages' })
  await list.waitFor()
  expect(await list.getByRole('option').count()).toBe(2)
  await at.page.keyboard.type('build')
  expect(await list.getByRole('option').count()).toBe(0)
  await at.page.getByRole('status').filter({ hasText: 'build cannot copy from itself.' }).waitFor()
  await at.page.keyboard.press('Control+a')
  await at.page.keyboard.type('too')
  expect(await list.getByRole('option').count()).toBe(1)
  await at.page.keyboard.press('Enter')
  await at.page.getByRole('dialog', { name: 'Copy from build to tools' }).waitFor()
  await at.page.getByLabel('Source').fill('/out/doc')
  await at.page.getByLabel('Destination').fill('/doc')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('/bin/\n', '/bin/\nCOPY --from=build /out/doc /doc\n'))
  await at.page
    .getByRole('status')
    .filter({ hasText: 'Edge added: /out/doc from build to tools' })
    .waitFor({ state: 'attached' })
})

test('More in the popover writes the connection and leads to its form, and from an edge that is there, changes nothing', async () => {
  const { page } = at
  const owner = () => page.getByLabel('Owner (--chown)', { exact: true })
  await at.card('build').locator('.stage-header').click()
  await page.keyboard.press('c')
  await page.keyboard.type('too')
  await page.keyboard.press('Enter')
  await page.getByLabel('Source').fill('/out/doc')
  await page.getByLabel('Destination').fill('/doc')
  await page.getByRole('button', { name: 'More…', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'build → tools' }).waitFor()
  const line = (flag: string) => dockerfile.replace('/bin/\n', `/bin/\nCOPY --from=build ${flag}/out/doc /doc\n`)
  await owner().fill('1000')
  await owner().press('Enter')
  await page.getByRole('tab', { name: 'Text', exact: true }).click()
  await expectText(line('--chown=1000 '))
  await page.locator('.edge-pill', { hasText: '/doc' }).dblclick()
  await page.getByRole('button', { name: 'More…', exact: true }).click()
  await expect.poll(() => owner().inputValue()).toBe('1000')
  await page.getByRole('tab', { name: 'Text', exact: true }).click()
  await page.getByRole('button', { name: /^Undo: Change COPY/ }).click()
  await expectText(line(''))
})

test('a mount that is deleted takes its flag alone', async () => {
  await at.page.locator('.edge-pill[data-kind="mount"]').click()
  await at.page.keyboard.press('Delete')
  await expectText(dockerfile.replace('--mount=type=bind,from=build,target=/mnt ', ''))
})

test('undo goes back beyond a save', async () => {
  await at.card('build').locator('.stage-header').click()
  await at.page.keyboard.press('F2')
  await at.page.keyboard.press('Control+a')
  await at.page.keyboard.type('compile')
  await at.page.keyboard.press('Enter')
  await at.card('compile').waitFor()
  await at.page.keyboard.press('Control+s')
  await at.page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  await undo()
  await expectText(dockerfile)
  await at.page.getByRole('img', { name: 'Unsaved changes' }).waitFor()
})

test('0 shows the graph at 100 %, and 1 all of it', async () => {
  await at.card('build').locator('.stage-header').click()
  await at.page.keyboard.press('0')
  await expect.poll(() => at.page.locator('.graph-zoom').innerText()).toBe('100 %')
  const pane = await at.page.locator('.react-flow__pane').boundingBox()
  const isWhole = async (name: string) => {
    const box = await at.card(name).boundingBox()
    if (box === null || pane === null) return false
    return box.x >= pane.x && box.x + box.width <= pane.x + pane.width && box.y + box.height <= pane.y + pane.height
  }
  const wholes = async () => (await Promise.all(['final', 'build', 'tools'].map(isWhole))).every(Boolean)
  for (let pressed = 0; pressed < 6; pressed++) await at.page.keyboard.press('+')
  await expect.poll(wholes).toBe(false)
  await at.page.keyboard.press('1')
  await expect.poll(wholes).toBe(true)
})

test('0 keeps the selected stage in view', async () => {
  const { page } = at
  const canvas = page.locator('.react-flow__pane')
  await page.locator('.stage-card').first().waitFor()
  await canvas.click({ position: { x: 8, y: 200 } })
  await page.keyboard.press('1')
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('-')
  const corner = await at.card('tools').boundingBox()
  const pane = await canvas.boundingBox()
  if (corner === null || pane === null) throw new Error('The canvas is not shown.')
  await page.mouse.move(corner.x - 60, corner.y - 60)
  await page.keyboard.down('Space')
  await page.mouse.down()
  await page.mouse.move(pane.x + 30, pane.y + 90, { steps: 5 })
  await page.mouse.up()
  await page.keyboard.up('Space')
  await at.card('tools').click()
  await page.keyboard.press('0')
  const isIn = async () => {
    const box = await at.card('tools').boundingBox()
    return box !== null && box.width > 200 && box.x >= pane.x && box.y >= pane.y
  }
  await expect.poll(isIn).toBe(true)
})

test('F8 goes from problem to problem, wherever the focus is', async () => {
  await at.page.locator('.cm-line', { hasText: 'AS final' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type('\nCOPPY a b')
  await at.page.keyboard.press('Control+End')
  const line = () => at.page.locator('.cm-activeLine').innerText()
  await expect
    .poll(async () => {
      await at.page.keyboard.press('F8')
      return line()
    })
    .toBe('COPPY a b')
})
