import { expect, test } from 'vitest'
import { axeTour, injectAxe } from './violations.ts'
import { windowOn } from './window-on.ts'

/** A stage that nothing is called like, an image, two sources in one COPY, a mount and a secret. */
const dockerfile = `FROM alpine:3.20 AS base

FROM base as build
RUN --mount=type=secret,id=key make
FROM base AS docs
COPY --from=biuld /a /b
COPY --from=debian:12 /a /b
FROM base AS final
COPY --from=build /out/app /out/map /bin/
RUN --mount=type=bind,from=docs,target=/mnt make
`

const at = windowOn(dockerfile, { environment: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } })

test('axe finds nothing wrong in menus, lists, forms and what is said, in any look', { timeout: 360_000 }, async () => {
  const { page } = at
  const { keyboard } = page
  await injectAxe(page.context())
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await at.card('final').waitFor()
  const { check, found } = axeTour(page)
  const popover = page.locator('.popover:not(.engine-details)')
  const dialog = page.getByRole('dialog')
  const header = (name: string) => at.card(name).locator('.stage-header')
  /** Looks at what is open, and closes it. */
  const look = async (view: string) => {
    await popover.waitFor()
    await check(view, '.popover:not(.engine-details)')
    await keyboard.press('Escape')
    await popover.waitFor({ state: 'detached' })
  }

  await page.locator('.source-card', { hasText: 'biuld' }).click({ button: 'right' })
  await look('menu of a name that nothing has')
  await page.locator('.react-flow__pane').click({ button: 'right', position: { x: 8, y: 200 } })
  await look('menu of the canvas')

  // Of an edge.
  const pill = (kind: string) => page.locator(`.edge-pill[data-kind="${kind}"]`)
  for (const [key, view] of [
    ['p', 'paths of an edge'],
    ['r', 'another source of an edge'],
    ['m', 'another target of an edge'],
  ] as const) {
    await pill('copy').last().click()
    await keyboard.press(key)
    await look(view)
  }
  await pill('copy').last().click()
  await keyboard.press('r')
  await page.getByRole('combobox', { name: 'Find a stage' }).fill('zzz')
  await look('no such stage')
  await pill('mount').click()
  await keyboard.press('p')
  await dialog.getByLabel('Source').fill('/a,b')
  await dialog.getByText(/comma/).waitFor()
  await look('paths of a mount, refused')

  // What a drop asks.
  const from = await at.card('build').boundingBox()
  const pane = await page.locator('.react-flow__pane').boundingBox()
  if (from === null || pane === null) throw new Error('The canvas is not shown.')
  await page.mouse.move(from.x + from.width, from.y + from.height / 2)
  await page.mouse.down()
  const to = await at.card('base').boundingBox()
  await page.mouse.move((to?.x ?? 0) + 40, (to?.y ?? 0) + 20, { steps: 8 })
  await page.locator('.stage-card[data-reach="closed"]').first().waitFor()
  await check('a connection that is drawn, with the reason at the pointer')
  await page.mouse.move(pane.x + pane.width - 120, pane.y + pane.height - 60, { steps: 8 })
  await page.mouse.up()
  await popover.waitFor()
  await check('menu of a drop', '.popover:not(.engine-details)')
  await page.getByRole('menuitem', { name: /^New stage that copies/ }).click()
  await page.getByLabel('Base: an image or a stage').waitFor()
  await look('a stage that is added')
  await header('final').click()
  await keyboard.press('Shift+A')
  await page.getByRole('region', { name: 'Add by dragging' }).getByRole('combobox').fill('alpine:3.20')
  await keyboard.press('Shift+Enter')
  await look('menu of what is dropped on a card')
  await page.getByRole('region', { name: 'Add by dragging' }).getByRole('combobox').fill('zzz')
  await check('the list to add from, with nothing found')
  await page.getByRole('button', { name: /Show or hide the list to add from/ }).click()

  // Several, and names.
  await header('build').click()
  await header('docs').click({ modifiers: ['Control'] })
  await keyboard.press('Delete')
  await look('several stages deleted')
  await page.getByRole('tab', { name: 'Inspector' }).click()
  await check('inspector of several')
  await page.getByRole('tab', { name: 'Text', exact: true }).click()
  await header('build').click()
  await keyboard.press('F2')
  await page.getByLabel('Stage name').fill('my build')
  await keyboard.press('Enter')
  await page.getByText('my build is no stage name').waitFor()
  await check('a name that is refused, and a notice')
  await keyboard.press('Escape')

  // The outline.
  await keyboard.press('Control+Shift+o')
  const tree = page.getByRole('tree')
  for (const [name, row] of [
    ['stage', /^Stage build/],
    ['step', /^RUN make/],
    ['edge', /^from build: /],
  ] as const) {
    if (name === 'edge') {
      await tree.getByRole('treeitem', { name: /^COPY .*\/bin\// }).click()
      await keyboard.press('ArrowRight')
    }
    await tree.getByRole('treeitem', { name: row }).first().click({ button: 'right' })
    await look(`menu of a ${name} in the outline`)
  }
  await tree.getByRole('treeitem', { name: /^Stage build/ }).click()
  await keyboard.press('F2')
  await page.getByLabel('Stage name').waitFor()
  await check('a name in the outline', '.outline')
  await keyboard.press('Escape')
  await keyboard.press('Control+Shift+o')

  // The text.
  await page.locator('.cm-line', { hasText: 'FROM base as build' }).click()
  await keyboard.press('Control+f')
  await page.locator('.cm-search').waitFor()
  await check('search in the text')
  await keyboard.press('Escape')
  await page.locator('.cm-lint-marker').first().hover()
  await page.locator('.cm-tooltip-lint').waitFor()
  await check('a problem told in the text')
  await page.locator('.cm-line', { hasText: 'FROM base as build' }).click()
  await keyboard.press('Control+Shift+BracketLeft')
  await page.locator('.cm-foldPlaceholder').waitFor()
  await check('a stage that is folded')

  // What is asked for.
  await keyboard.press('Control+k')
  await page.locator('.palette-input:focus').fill('zzz')
  await check('palette with nothing found')
  await keyboard.press('Escape')
  await keyboard.press('Control+Alt+k')
  await dialog.getByRole('button', { name: /^Shortcut of Redo/ }).click()
  await check('a shortcut that is asked for', 'dialog')
  await keyboard.press('Control+b')
  await dialog.getByText(/was taken from “Build”/).waitFor()
  await check('a shortcut that was taken', 'dialog')
  await dialog.getByRole('button', { name: 'Reset all' }).click()
  await keyboard.press('Escape')
  await page.getByRole('button', { name: 'Arguments, secrets and more…' }).click()
  await dialog.getByRole('button', { name: 'Add secret' }).waitFor()
  for (const add of await dialog.getByRole('button', { name: /^Add / }).all()) await add.click()
  await check('build form with a row of everything', 'dialog')
  await keyboard.press('Escape')
  await page.locator('.engine-chip').click()
  await dialog.getByLabel('Another address').fill('tcp://127.0.0.1:1')
  await dialog.getByRole('button', { name: 'Test address' }).click()
  await dialog.locator('.engine-add .engine-state[data-kind="silent"]').waitFor()
  await check('an engine that does not answer')
  await keyboard.press('Escape')
  expect(found).toEqual({})
})
