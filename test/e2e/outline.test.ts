import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base
FROM base AS build
RUN make
FROM scratch AS unused
FROM base AS final
COPY --from=1 /out/app /app
`

const at = windowOn(dockerfile)
const shown = () => expect.poll(() => shownText(at.page))
const tree = () => at.page.getByRole('tree')
const item = (name: string | RegExp) => tree().getByRole('treeitem', { name })
const selected = () => expect.poll(() => tree().getByRole('treeitem', { selected: true }).getAttribute('aria-label'))

async function openOutline(): Promise<void> {
  await at.page.keyboard.press('Control+Shift+o')
  await tree().focus()
}

test('by keyboard alone: walk, fold, find by typing, and the canvas follows', async () => {
  const { page } = at
  await openOutline()
  await page.keyboard.press('ArrowDown')
  await selected().toBe('Stage base, line 1')
  await at.page.locator('.stage-card[data-selected="true"]', { hasText: 'base' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await selected().toBe('FROM alpine:3.20, line 1')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await item('FROM alpine:3.20, line 1').waitFor({ state: 'detached' })
  await page.keyboard.press('End')
  await selected().toBe('COPY /out/app /app, line 6')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await selected().toBe('from build: /out/app → /app, line 6')
  await page.keyboard.type('un')
  await selected().toBe('Stage unused, not needed, line 4')
  await page.keyboard.press('Home')
  await selected().toBe('Stage base, line 1')
  expect(await shownText(page)).toBe(dockerfile)
})

test('by keyboard alone: rename, change base, duplicate, delete, and move, with numbers that follow', async () => {
  const { page } = at
  await openOutline()
  await page.keyboard.type('build')
  await selected().toBe('Stage build, line 2')
  await page.keyboard.press('F2')
  await page.keyboard.type('compile')
  await page.keyboard.press('Enter')
  const renamed = dockerfile.replace('AS build', 'AS compile')
  await shown().toBe(renamed)
  await page.keyboard.press('Alt+ArrowDown')
  const moved = `FROM alpine:3.20 AS base
FROM scratch AS unused
FROM base AS compile
RUN make
FROM base AS final
COPY --from=2 /out/app /app
`
  await shown().toBe(moved)
  await page.keyboard.press('b')
  await page.getByRole('dialog', { name: 'Change the base of compile' }).waitFor()
  await page.keyboard.type('scratch')
  await page.keyboard.press('Enter')
  await shown().toBe(moved.replace('FROM base AS compile', 'FROM scratch AS compile'))
  await page.keyboard.press('Home')
  await page.keyboard.type('unused')
  await selected().toMatch(/^Stage unused/)
  await page.keyboard.press('Delete')
  await shown().toBe(
    moved
      .replace('FROM base AS compile', 'FROM scratch AS compile')
      .replace('FROM scratch AS unused\n', '')
      .replace('=2', '=1'),
  )
})

test('by keyboard alone: a step moves within its stage, and the stage stays where it is', async () => {
  const { page } = at
  await openOutline()
  const both = dockerfile.replace('RUN make\n', 'RUN make\nWORKDIR /src\n')
  await page.locator('.cm-line', { hasText: 'RUN make' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText('\nWORKDIR /src')
  await shown().toBe(both)
  await tree().focus()
  await selected().toBe('WORKDIR /src, line 4')
  await page.keyboard.press('Alt+ArrowUp')
  await shown().toBe(dockerfile.replace('RUN make\n', 'WORKDIR /src\nRUN make\n'))
  await selected().toBe('WORKDIR /src, line 3')
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByText('is the first step already').waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await shown().toBe(both)
})

test('a row dragged past the last one moves its stage there; where it is needed the reason is told', async () => {
  const { page } = at
  await openOutline()
  const drag = async (from: RegExp, to: RegExp, edge: 'top' | 'bottom') => {
    const [start, end] = [await item(from).boundingBox(), await item(to).boundingBox()]
    if (start === null || end === null) throw new Error('A row is not on the screen.')
    await page.mouse.move(start.x + 60, start.y + 13)
    await page.mouse.down()
    await page.mouse.move(end.x + 60, end.y + 13, { steps: 4 })
    await page.mouse.move(end.x + 60, end.y + (edge === 'top' ? 4 : 22))
    await page.mouse.up()
  }
  await drag(/^Stage unused/, /^Stage base/, 'bottom')
  const moved = dockerfile
    .replace('FROM scratch AS unused\n', '')
    .replace('FROM base AS build', 'FROM scratch AS unused\nFROM base AS build')
  await shown().toBe(moved.replace('--from=1', '--from=2'))
  await drag(/^Stage base/, /^Stage final/, 'bottom')
  await page
    .getByText('`base` cannot move below `build`')
    .or(page.getByText('base cannot move below build'))
    .first()
    .waitFor()
  await shown().toBe(moved.replace('--from=1', '--from=2'))
})

test('a step is dragged up and down in its stage, here and on its card, and nowhere else', async () => {
  const { page } = at
  const steps = 'RUN make\nWORKDIR /src\nUSER app\n'
  const text = dockerfile.replace('RUN make\n', steps)
  const moved = dockerfile.replace('RUN make\n', 'WORKDIR /src\nUSER app\nRUN make\n')
  await writeFile(join(at.folder, 'Dockerfile'), text)
  await shown().toBe(text)
  await openOutline()
  const drag = async (from: Locator, to: Locator, y: number) => {
    const [start, end] = [await from.boundingBox(), await to.boundingBox()]
    if (start === null || end === null) throw new Error('A row is not on the screen.')
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await page.mouse.down()
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 })
    await page.mouse.move(end.x + end.width / 2, end.y + end.height * y)
    await page.mouse.up()
  }
  await drag(item(/^RUN make/), item(/^USER app/), 0.8)
  await shown().toBe(moved)
  await selected().toBe('RUN make, line 5')
  await drag(item(/^RUN make/), item(/^COPY/), 0.8)
  await shown().toBe(moved)
  await page.getByRole('button', { name: 'Undo: Move RUN of build (Ctrl+Z)' }).click()
  await shown().toBe(text)

  const row = (words: string) => at.card('build').locator('.stage-step', { hasText: words })
  const before = await at.card('build').boundingBox()
  await row('make').hover()
  await drag(row('make').locator('.step-grip'), row('app').locator('.step-grip'), 0.8)
  await shown().toBe(moved)
  await row('make').and(page.locator('[data-selected="true"]')).waitFor()
  expect(await at.card('build').boundingBox()).toEqual(before)
  await drag(row('make').locator('.step-grip'), row('/src').locator('.step-grip'), 0.2)
  await shown().toBe(text)
})

test('the menu of a row holds what its card can do, and deletes an edge', async () => {
  const { page } = at
  await openOutline()
  await item(/^Stage build/).click({ button: 'right' })
  const names = await page.getByRole('menu').getByRole('menuitem').allTextContents()
  for (const name of ['Build to this stage', 'Rename', 'Change base…', 'Duplicate', 'Delete', 'Move up in the file'])
    expect(names.join()).toContain(name)
  await page.getByRole('menuitem', { name: /^Duplicate/ }).click()
  await shown().toBe(dockerfile.replace('RUN make\n', 'RUN make\nFROM base AS build-2\nRUN make\n'))
  await page.keyboard.press('Control+z')
  await item(/^COPY/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Delete/ }).click()
  await shown().toBe(dockerfile.replace('COPY --from=1 /out/app /app\n', ''))
})

test('a stage that is not needed bears a sign that says why, and words beside it that are whole or not there', async () => {
  await openOutline()
  const sign = item(/^Stage unused/).locator('.outline-unneeded')
  expect(await sign.getAttribute('title')).toBe('Not needed: no stage builds on it, copies from it or mounts it.')
  const shownPart = () =>
    sign.evaluate(element => {
      const [all, words] = [element, element.lastElementChild ?? element].map(each => each.getBoundingClientRect())
      if (all === undefined || words === undefined) return NaN
      const seen = Math.min(all.right, words.right) - Math.max(all.left, words.left)
      return words.top >= all.bottom ? 0 : seen / words.width
    })
  await expect.poll(shownPart).toBe(1)
  const separator = at.page.getByRole('separator', { name: 'Width of the outline' })
  await separator.focus()
  for (let presses = 0; presses < 12; presses++) {
    await at.page.keyboard.press('ArrowLeft')
    expect([0, 1]).toContain(await shownPart())
  }
  expect(await shownPart()).toBe(0)
  expect(await sign.isVisible()).toBe(true)
})
