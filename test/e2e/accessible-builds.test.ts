import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { axeTour, injectAxe } from './violations.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `ARG VARIANT=plain
# WORD what is said
ARG WORD=nothing
FROM ${baseImage} AS build-plain
ARG WORD
WORKDIR /out
RUN echo told && echo "$WORD" > said && mkdir lib && head -c 5000 /dev/zero > lib/a.so
FROM build-$VARIANT AS build
FROM scratch AS final
COPY --from=build /out/said /said
`

beforeAll(ensureBaseImage)
const at = windowOn(dockerfile)

test(
  'axe finds nothing wrong in what is asked before a build and shown after it, in any look',
  { timeout: 360_000 },
  async () => {
    const { page } = at
    await injectAxe(page.context())
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.reload()
    await page.getByRole('group', { name: 'Variants' }).getByLabel('VARIANT').waitFor()
    const { check, found } = axeTour(page)

    await page.getByRole('button', { name: /Show or hide the list to add from/ }).click()
    await page
      .getByRole('region', { name: 'Add by dragging' })
      .getByRole('option', { name: 'scratch' })
      .first()
      .waitFor()
    await check('variants and the list to add from')
    await page.getByRole('button', { name: /Show or hide the list to add from/ }).click()

    for (const word of ['one', 'two']) {
      await page.getByRole('button', { name: 'Arguments, secrets and more…' }).click()
      const form = page.getByRole('dialog', { name: 'Build' })
      await form.getByLabel('WORD').fill(`${word} ${Date.now()}`)
      if (word === 'two') await check('build form')
      await form.getByRole('button', { name: 'Build', exact: true }).click()
      await page.getByText(/^Building|^Asking/).waitFor()
      await page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
    }
    const view = page.getByRole('tabpanel', { name: 'Build' })
    await page.getByRole('button', { name: 'Timeline' }).click()
    await view.getByRole('button', { name: /^Show the critical path/ }).click()
    await check('timeline')
    await view
      .getByRole('button', { name: /RUN echo/ })
      .first()
      .click()
    const search = page.getByRole('searchbox', { name: 'Search this log' })
    await search.fill('told')
    await page.getByText('1 line', { exact: true }).waitFor()
    await search.press('Enter')
    await page.getByText('1 of 1', { exact: true }).waitFor()
    await check('search in a log')
    await search.fill('zzz')
    await check('search in a log, with nothing found', '.log-pane')
    await page.getByRole('tab', { name: 'History' }).click()
    const rows = page.getByRole('list', { name: 'Builds of this file' }).getByRole('listitem')
    for (const index of [0, 1]) await rows.nth(index).getByRole('checkbox').check()
    await check('history')
    await page.getByRole('button', { name: 'Compare two' }).click()
    await page.getByRole('cell', { name: 'The whole build' }).waitFor()
    await check('two builds compared')
    await page.getByRole('button', { name: 'All builds' }).click()
    await page
      .getByRole('button', { name: /^final/ })
      .last()
      .click()
    await page.getByText(/^Build of final, /).waitFor()
    await check('a build of the past on the canvas')
    await page.getByRole('button', { name: 'Back to the text' }).click()

    await at.choose('final', 'Show files')
    const said = page.locator('.file-row').filter({ has: page.getByText('said', { exact: true }) })
    await said.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Expect…' }).waitFor()
    await check('menu of a file')
    await page.getByRole('menuitem', { name: 'Expect…' }).click()
    const asked = page.getByRole('dialog', { name: 'Expected file' })
    await asked.getByLabel('Largest size').fill('1 byte')
    await check('what is expected of a file')
    await asked.getByRole('button', { name: 'Expect', exact: true }).click()
    await page.getByRole('region', { name: 'Expected files' }).waitFor()
    await check('expected files')
    await said.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Extract to disk…' }).click()
    await page.getByRole('dialog', { name: 'Extract to a folder' }).getByLabel('Path').waitFor()
    await check('where files are extracted to', 'dialog')
    await page.keyboard.press('Escape')
    await page.getByLabel('Compare with').selectOption({ label: 'Compared with build' })
    await page.getByText(/added, \d+ removed/).waitFor()
    await check('files compared with another stage')
    await page.getByLabel('Compare with').selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Map of files' }).click()
    await page.getByRole('listbox', { name: 'Files by size' }).getByRole('option').first().waitFor()
    await check('map of files')
    expect(found).toEqual({})
  },
)
