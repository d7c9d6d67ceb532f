import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base

# builds the program
FROM base AS build
RUN make -o /out/app

FROM base AS docs
RUN make docs

FROM base AS final
COPY --from=build /out/app /app
COPY --from=docs /site /site
`

const at = windowOn(dockerfile)

const header = (name: string) => at.card(name).locator('.stage-header')
const selectedNames = async () =>
  (await at.page.locator('.stage-card[data-selected="true"] .stage-name').allInnerTexts()).sort()

async function boxOf(name: string) {
  const box = await at.card(name).boundingBox()
  if (box === null) throw new Error(`The card of ${name} is not on the screen.`)
  return box
}

async function drag(name: string, x: number, y: number, key?: 'Alt'): Promise<void> {
  const { x: left, y: top } = await boxOf(name)
  await at.page.mouse.move(left + 60, top + 12)
  await at.page.mouse.down()
  if (key !== undefined) await at.page.keyboard.down(key)
  await at.page.mouse.move(left + 60 + x / 2, top + 12 + y / 2, { steps: 4 })
  await at.page.mouse.move(left + 60 + x, top + 12 + y, { steps: 4 })
  await at.page.mouse.up()
  if (key !== undefined) await at.page.keyboard.up(key)
}

async function command(title: string): Promise<void> {
  await at.page.keyboard.press('Control+k')
  await at.page.getByPlaceholder('What should be done?').fill(title)
  await at.page.getByRole('option', { name: title }).first().click()
  await at.page.getByRole('option', { name: title }).first().waitFor({ state: 'detached' })
}

async function expectUntouched(): Promise<void> {
  expect(await shownText(at.page)).toBe(dockerfile)
  expect(await at.page.locator('.dirty-mark').count()).toBe(0)
}

const undoButton = () => at.page.getByRole('button', { name: /^Undo/ })

describe('one history', () => {
  test('a moved card goes back and forth with undo and redo, between changes of the text, and dirties nothing', async () => {
    const before = await boxOf('docs')
    await drag('docs', 40, 120)
    const moved = await boxOf('docs')
    expect(moved.y).toBeGreaterThan(before.y + 60)
    await expectUntouched()
    await at.page.getByRole('button', { name: 'Undo: Move docs (Ctrl+Z)' }).waitFor()

    await header('build').click()
    await at.page.keyboard.press('F2')
    await at.page.keyboard.type('compile')
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('button', { name: 'Undo: Rename build to compile (Ctrl+Z)' }).click()
    await expect.poll(() => shownText(at.page)).toBe(dockerfile)
    await at.card('build').and(at.page.locator('[data-flashed="true"]')).waitFor()

    await undoButton().click()
    await expect.poll(async () => Math.round((await boxOf('docs')).y)).toBe(Math.round(before.y))
    await expectUntouched()
    await at.page.getByRole('button', { name: 'Redo: Move docs (Ctrl+Shift+Z)' }).click()
    await expect.poll(async () => Math.round((await boxOf('docs')).y)).toBe(Math.round(moved.y))
    await expectUntouched()
  })

  test('undo brings what it changed into view', async () => {
    await header('docs').click()
    await at.page.keyboard.press('Shift+ArrowDown')
    const pane = await at.page.locator('.react-flow__pane').boundingBox()
    if (pane === null) throw new Error('The canvas is not shown.')
    await at.page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height - 40)
    await at.page.mouse.down({ button: 'middle' })
    await at.page.mouse.move(pane.x + pane.width / 2, pane.y - 1200, { steps: 5 })
    await at.page.mouse.up({ button: 'middle' })
    await at.card('docs').waitFor({ state: 'detached' })
    await undoButton().click()
    await at.card('docs').waitFor()
    await expectUntouched()
  })
})

describe('several stages', () => {
  test('Ctrl adds and takes away, Shift takes what is on the way, a box takes what it touches, Ctrl+A all', async () => {
    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await expect.poll(selectedNames).toEqual(['build', 'docs'])
    await expect
      .poll(() => at.page.locator('.cm-selected-elsewhere').allInnerTexts())
      .toEqual(['FROM base AS build', 'FROM base AS docs'])
    await header('build').click({ modifiers: ['Control'] })
    await expect.poll(selectedNames).toEqual(['docs'])
    await header('docs').click({ modifiers: ['Shift'] })
    await expect.poll(selectedNames).toEqual(['base', 'docs', 'final'])
    await at.page.keyboard.press('Control+a')
    await expect.poll(selectedNames).toEqual(['base', 'build', 'docs', 'final'])
    const [build, docs] = [await boxOf('build'), await boxOf('docs')]
    await at.page.keyboard.down('Shift')
    await at.page.mouse.move(build.x - 15, Math.min(build.y, docs.y) - 15)
    await at.page.mouse.down()
    await at.page.mouse.move(build.x + 50, Math.max(build.y, docs.y) + 50, { steps: 5 })
    await at.page.locator('.select-box').waitFor()
    await at.page.mouse.up()
    await at.page.keyboard.up('Shift')
    await expect.poll(selectedNames).toEqual(['build', 'docs'])
    await expectUntouched()
  })

  test('by keyboard: arrows go there, Shift+Space adds, commands take what is needed', async () => {
    await header('build').click()
    await at.page.keyboard.press('ArrowRight')
    await at.page.keyboard.press('Shift+Space')
    await expect.poll(selectedNames).toEqual(['build', 'final'])
    await at.page.keyboard.press('Escape')
    await header('build').click()
    await command('Select what needs this stage')
    await expect.poll(selectedNames).toEqual(['build', 'final'])
    await command('Select what this stage needs')
    await expect.poll(selectedNames).toEqual(['base', 'build', 'docs', 'final'])
  })

  test('are moved, aligned and tidied together, a locked one stays, and each is one step of undo', async () => {
    const before = { build: await boxOf('build'), docs: await boxOf('docs') }
    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await drag('build', 0, 160, 'Alt')
    await expect.poll(async () => Math.round((await boxOf('docs')).y - before.docs.y)).toBe(160)
    await at.page.getByRole('button', { name: 'Undo: Move build and docs (Ctrl+Z)' }).click()
    await expect.poll(async () => (await boxOf('docs')).y).toBe(before.docs.y)

    await drag('docs', 64, 0, 'Alt')
    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await command('Align left sides')
    await expect.poll(async () => (await boxOf('docs')).x).toBe((await boxOf('build')).x)
    await undoButton().click()

    await header('docs').click()
    await at.page.keyboard.press('l')
    await at.card('docs').getByLabel('Locked').waitFor()
    const locked = await boxOf('docs')
    await drag('docs', 0, 90)
    expect(await boxOf('docs')).toEqual(locked)
    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await command('Align tops')
    await command('lay everything out anew')
    await at.page.waitForTimeout(300)
    expect(await boxOf('docs')).toEqual(locked)
    await expectUntouched()

    await at.page.reload()
    await at.card('docs').getByLabel('Locked').waitFor()
  })

  test('are copied and pasted as text, with other names where theirs are taken', async () => {
    await at.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await header('build').click()
    await header('final').click({ modifiers: ['Control'] })
    await at.page.keyboard.press('Control+c')
    const copied = `# builds the program
FROM base AS build
RUN make -o /out/app

FROM base AS final
COPY --from=build /out/app /app
COPY --from=docs /site /site
`
    await expect.poll(() => at.page.evaluate(() => navigator.clipboard.readText())).toBe(copied)
    await at.page.keyboard.press('Control+v')
    await at.card('final-2').waitFor()
    await expect.poll(selectedNames).toEqual(['build-2', 'final-2'])
    const pasted = copied
      .replace('AS build', 'AS build-2')
      .replace('AS final', 'AS final-2')
      .replace('=build', '=build-2')
    await expect
      .poll(() => shownText(at.page))
      .toBe(dockerfile.replace('FROM base AS final', `${pasted}\nFROM base AS final`))
    await at.page.getByRole('button', { name: 'Undo: Paste build-2 and final-2 (Ctrl+Z)' }).click()
    await expect.poll(() => shownText(at.page)).toBe(dockerfile)
  })

  test('are duplicated, cut and deleted as one step, after saying what else breaks', async () => {
    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await at.page.keyboard.press('Control+d')
    await at.card('docs-2').waitFor()
    await at.page.getByRole('button', { name: 'Undo: Duplicate build and docs (Ctrl+Z)' }).click()
    await expect.poll(() => shownText(at.page)).toBe(dockerfile)

    await header('build').click()
    await header('docs').click({ modifiers: ['Control'] })
    await at.page.keyboard.press('Delete')
    const dialog = at.page.getByRole('dialog', { name: 'Delete build and docs' })
    expect(await dialog.getByRole('listitem').count()).toBe(2)
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => shownText(at.page)).toBe('FROM alpine:3.20 AS base\n\nFROM base AS final\n')
    await undoButton().click()
    await expect.poll(() => shownText(at.page)).toBe(dockerfile)

    await at.card('docs').waitFor()
    await header('docs').click()
    await at.page.keyboard.press('Control+x')
    await at.page.getByRole('radio', { name: 'Take that from its base instead' }).check()
    await at.page.keyboard.press('Enter')
    await expect
      .poll(() => shownText(at.page))
      .toBe(dockerfile.replace('FROM base AS docs\nRUN make docs\n\n', '').replace('--from=docs', '--from=base'))
    expect(await readFile(join(at.folder, 'Dockerfile'), 'utf8')).toBe(dockerfile)
  })
})

test('a dragged card stands in line with others, and Alt lets it stand anywhere', async () => {
  const build = await boxOf('build')
  const docs = await boxOf('docs')
  const { x, y } = docs
  await at.page.mouse.move(x + 60, y + 12)
  await at.page.mouse.down()
  await at.page.mouse.move(x + 80, y + 60, { steps: 4 })
  await at.page.mouse.move(x + 63, y + 60, { steps: 4 })
  await at.page.locator('.helper-lines path').first().waitFor({ state: 'attached' })
  expect((await boxOf('docs')).x).toBe(build.x)
  await at.page.mouse.up()
  expect(await at.page.locator('.helper-lines').count()).toBe(0)
  await drag('docs', 3, 0, 'Alt')
  expect((await boxOf('docs')).x).toBeCloseTo(build.x + 3, 0)
  await expectUntouched()
})
