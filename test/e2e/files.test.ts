import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { shownText } from './harness.ts'
import { countPointers, paneTo, tabTo } from './keyboard-alone.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM ${baseImage} AS build
WORKDIR /out
RUN mkdir lib && head -c 2000000 /dev/zero > app && head -c 5000 /dev/zero > lib/a.so && echo notes > notes.txt

FROM scratch AS final
COPY Dockerfile /kept
COPY --from=build /out/app /app
`

beforeAll(ensureBaseImage)
const at = windowOn(dockerfile, { width: 1600, height: 1000 })

async function buildAll(): Promise<void> {
  await at.page.getByRole('banner').getByRole('button', { name: 'Build' }).click()
  await at.page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
}

const pill = () => at.page.locator('.edge-pill[data-kind="copy"]')

test('after a build an edge says what it carried, and a stage what it weighs and ships', async () => {
  await buildAll()
  // The path gives way where the label is narrow, what was carried does not.
  await expect.poll(() => pill().first().innerText()).toMatch(/\/app · 2\.00 MB$/)
  expect(await pill().first().getAttribute('title')).toMatch(/^\/out\/app → \/app\n1 file, 2\.00 MB/)
  await expect.poll(() => at.card('build').locator('.mark-weight').innerText()).toMatch(/^\d\.\d\d MB → 2\.00 MB$/)
  await expect.poll(() => at.card('final').locator('.mark-weight').innerText()).toBe('2.00 MB')
})

test('a source is looked up in the files of its stage as the text is typed', async () => {
  await buildAll()
  await pill().first().filter({ hasText: '2.00 MB' }).waitFor()
  await at.page.locator('.cm-line', { hasText: 'COPY --from' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type('\nCOPY --from=build /out/note.txt /')
  await at.page.getByRole('tab', { name: /^Problems/ }).click()
  const problem = at.page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'source-not-found' })
  await problem.getByText('build held no /out/note.txt when it was last built. Did you mean /out/notes.txt?').waitFor()
})

const file = (name: string) => at.page.locator('.file-row').filter({ has: at.page.getByText(name, { exact: true }) })

async function showFilesOfBuild(): Promise<void> {
  await buildAll()
  await at.choose('build', 'Show files')
  await file('out').click()
  await file('notes.txt').waitFor()
}

test('by keyboard alone, files are copied to a stage, several at once, with their exact paths', async () => {
  const { page } = at
  await showFilesOfBuild()
  const expectNoPointer = await countPointers(page)
  await paneTo(page, '.drawer')
  await tabTo(page, '[role="treegrid"]')
  const rowOf = async (name: string) => {
    await page.keyboard.press('Home')
    const active = page.locator('.file-row[aria-selected="true"]:not([data-chosen])').getByText(name, { exact: true })
    for (let pressed = 0; pressed < 20 && !(await active.isVisible()); pressed++) await page.keyboard.press('ArrowDown')
    await active.waitFor()
  }
  for (const name of ['notes.txt', 'app']) {
    await rowOf(name)
    await page.keyboard.press('Space')
  }
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menu', { name: 'Actions for app' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Find a stage' }).waitFor()
  await page.keyboard.type('fin')
  await page.keyboard.press('Enter')
  const asked = page.getByRole('dialog', { name: 'Copy from build to final' })
  expect(await asked.getByLabel('Source').inputValue()).toBe('/out/app')
  expect(await asked.getByLabel('Destination').inputValue()).toBe('/out/')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownText(page)).toBe(`${dockerfile}COPY --from=build /out/app /out/notes.txt /out/\n`)
  await expectNoPointer()
})

test('a file dropped on a card is asked about, on an edge it joins the COPY, on the text it is its path', async () => {
  await showFilesOfBuild()
  await file('lib').dragTo(at.card('final'))
  const asked = at.page.getByRole('dialog', { name: 'Copy from build to final' })
  await asked.getByLabel('Destination').fill('/lib/')
  await at.page.keyboard.press('Enter')
  const copied = `${dockerfile}COPY --from=build /out/lib /lib/\n`
  await expect.poll(() => shownText(at.page)).toBe(copied)
  await file('notes.txt').dragTo(at.page.locator('.edge-pill[title^="/out/lib"]'))
  const joined = copied.replace('/out/lib /lib/', '/out/lib /out/notes.txt /lib/')
  await expect.poll(() => shownText(at.page)).toBe(joined)
  await file('notes.txt').dragTo(at.page.locator('.cm-line').last())
  await expect.poll(() => shownText(at.page)).toBe(`${joined}/out/notes.txt`)
})

test('the files of a stage tell what brought them: its line flashes, and it can be seen alone', async () => {
  await buildAll()
  await at.choose('final', 'Show files')
  const legend = at.page.getByRole('group', { name: 'What brought the files' })
  await file('kept').waitFor()
  await legend.getByRole('button', { name: /^build \/out\/app 1 file, 2\.00 MB/ }).click()
  await expect.poll(() => at.page.locator('.file-row .file-words').allInnerTexts()).toEqual(['app'])
  await at.page.locator('.cm-selected-elsewhere', { hasText: '/out/app /app' }).waitFor()
})

test('what is expected of a file is looked at after every build, on the card and in the panel', async () => {
  await showFilesOfBuild()
  await file('notes.txt').click({ button: 'right' })
  await at.page.getByRole('menuitem', { name: 'Expect…' }).click()
  const asked = at.page.getByRole('dialog', { name: 'Expected file' })
  expect(await asked.getByLabel('Path').inputValue()).toBe('/out/notes.txt')
  await asked.getByLabel('Largest size').fill('10 bytes')
  await asked.getByRole('button', { name: 'Expect', exact: true }).click()
  const list = at.page.getByRole('region', { name: 'Expected files' })
  await list.getByRole('img', { name: 'As expected' }).waitFor()
  await at.card('build').getByRole('img', { name: '1 file as expected' }).waitFor()

  await at.page.locator('.cm-line', { hasText: 'RUN mkdir' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type(' && echo and more notes >> notes.txt')
  await buildAll()
  await at.card('build').getByRole('img', { name: '1 of 1 file not as expected' }).waitFor()
  await at.choose('build', 'Show files')
  await list.getByText('has 21 bytes, more than 10 bytes.').waitFor()

  await at.page.reload()
  await buildAll()
  await at.card('build').getByRole('img', { name: '1 of 1 file not as expected' }).waitFor()
  await at.choose('build', 'Show files')
  await list.getByRole('button', { name: 'Expect nothing of /out/notes.txt' }).click()
  await list.waitFor({ state: 'hidden' })
})

test('a folder of a stage is extracted to disk, and what is there is not replaced unasked', async () => {
  await showFilesOfBuild()
  const extract = async () => {
    await file('out').click({ button: 'right' })
    await at.page.getByRole('menuitem', { name: 'Extract to disk…' }).click()
    const asked = at.page.getByRole('dialog', { name: 'Extract to a folder' })
    await asked.getByLabel('Path').fill(at.folder)
    await asked.getByRole('button', { name: 'Extract here' }).click()
  }
  await extract()
  await at.page.getByText(`Extracted out to ${at.folder}: 3 files, 2.01 MB.`).waitFor()
  expect(readFileSync(join(at.folder, 'out/notes.txt'), 'utf8')).toBe('notes\n')
  writeFileSync(join(at.folder, 'out/notes.txt'), 'mine')
  await extract()
  await at.page.getByRole('dialog', { name: 'Replace what is there?' }).getByRole('button', { name: 'Keep it' }).click()
  expect(readFileSync(join(at.folder, 'out/notes.txt'), 'utf8')).toBe('mine')
  await extract()
  await at.page.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect.poll(() => readFileSync(join(at.folder, 'out/notes.txt'), 'utf8')).toBe('notes\n')
})

test('a step shows what it changed, and a stage how it differs from another and from the build before', async () => {
  await showFilesOfBuild()
  const told = at.page.locator('.files-totals')
  await at.page.getByLabel('Up to step').selectOption('3')
  await expect.poll(() => told.innerText()).toBe('3 added: +2.01 MB')
  await expect.poll(() => file('app').innerText()).toMatch(/\+\s+app\s+\+2\.00 MB/)
  await at.page.getByLabel('Compare with').selectOption({ label: 'Compared with final' })
  await expect.poll(() => told.innerText()).toMatch(/^\d+ added, 2 removed: \+/)

  await at.page.locator('.cm-line', { hasText: 'RUN mkdir' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type(' && chmod 600 notes.txt && echo new > new && rm lib/a.so')
  await buildAll()
  await at.choose('build', 'Show files')
  await at.page.getByLabel('Up to step').selectOption({ label: 'All steps' })
  await file('out').waitFor()
  await at.page.getByLabel('Compare with').selectOption({ label: 'Compared with build of the build before' })
  await expect.poll(() => told.innerText()).toMatch(/^1 added, 1 removed, 1 changed/)
  await file('notes.txt').getByRole('img', { name: 'Changed' }).waitFor()
  await file('new').getByRole('img', { name: 'Added' }).waitFor()
  await at.page.getByRole('button', { name: 'Compare contents' }).click()
  await expect.poll(() => told.innerText()).toMatch(/, contents compared$/)
  await file('a.so').click()
  await at.page.getByRole('region', { name: 'Contents of /out/lib/a.so' }).waitFor()
})

test('a file of a step is read as that step left it, and as the stage has it where the stage is shown', async () => {
  await at.page.locator('.cm-line', { hasText: 'RUN mkdir' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type('\nRUN echo later > notes.txt')
  await showFilesOfBuild()
  const line = () => at.page.getByRole('document', { name: 'Text' }).locator('.file-text-line').innerText()
  await at.page.getByLabel('Up to step').selectOption('3')
  await file('notes.txt').click()
  await expect.poll(line).toMatch(/notes$/)
  await at.page.getByLabel('Up to step').selectOption({ label: 'All steps' })
  await file('out').click()
  await file('notes.txt').click()
  await expect.poll(line).toMatch(/later$/)
})

test('a map shows files by size: by keyboard and by click they are found in the tree', async () => {
  await showFilesOfBuild()
  await at.page.getByRole('button', { name: 'Map of files' }).click()
  const map = at.page.getByRole('listbox', { name: 'Files by size' })
  await map.getByRole('option', { name: /^busybox, / }).click()
  const selected = () => at.page.locator('.file-row[aria-selected="true"] .file-words').innerText()
  await expect.poll(selected).toBe('busybox')
  await map.getByRole('option', { name: /^out\/, 2\.01 MB/ }).click({ position: { x: 8, y: 8 } })
  await map.press('Enter')
  await map.getByRole('option', { name: /^app, 2\.00 MB, 99\.\d %$/ }).waitFor()
  await map.press('ArrowDown')
  await expect.poll(selected).toBe('app')
  await map.press('Backspace')
  await map.getByRole('option', { name: /^busybox, / }).waitFor()
  await expect.poll(selected).toBe('out')
})

test('an edge tells in the inspector what would go without it, and by taking less', async () => {
  await at.page.locator('.cm-line', { hasText: '/out/app /app' }).click()
  await at.page.keyboard.press('End')
  for (let left = '/out/app /app'.length; left > 0; left--) await at.page.keyboard.press('Backspace')
  await at.page.keyboard.type('/out /all')
  await buildAll()
  await at.page.getByRole('tab', { name: 'Inspector' }).click()
  const gone = at.page.getByRole('region', { name: 'What would go' })
  await gone.getByText('Without it, 3 files (2.01 MB) would go from final.').waitFor()
  await gone.getByText('2 files (5.01 kB) go').waitFor()
  await gone.getByRole('button', { name: 'Take only lib/' }).click()
  await at.page.getByRole('tab', { name: 'Text', exact: true }).click()
  await expect.poll(() => shownText(at.page)).toBe(dockerfile.replace('/out/app /app', '/out/lib /all/lib'))
})

test('the tree is of the stage that is selected, a file flashes the edge that brought it, an edge shows its files alone', async () => {
  await buildAll()
  await at.choose('final', 'Show files')
  const shownStage = () => at.page.getByLabel('Stage', { exact: true }).inputValue()
  await expect.poll(shownStage).toBe('1')
  await at.card('build').locator('.stage-header').click()
  await expect.poll(shownStage).toBe('0')
  await file('out').waitFor()
  await at.page.keyboard.press('ArrowRight')
  await at.page.keyboard.press('Space')
  await expect.poll(shownStage).toBe('1')
  await file('app').click()
  await at.page.locator('.edge-pill[data-selected="true"]').waitFor()
  await at.page.locator('.cm-selected-elsewhere', { hasText: '/out/app /app' }).waitFor()
  const names = () => at.page.locator('.file-row .file-words').allInnerTexts()
  expect(await names()).toEqual(['app', 'kept'])
  await at.card('final').locator('.stage-header').click()
  await at.page.getByRole('button', { name: 'Close the file' }).click()
  await pill().click()
  await expect.poll(names).toEqual(['app'])

  await at.choose('build', 'Show files')
  const legend = at.page.getByRole('group', { name: 'What brought the files' })
  await legend.getByRole('button', { name: `image ${baseImage}` }).waitFor()
  await legend.getByRole('button', { name: /^steps of build 3 files, 2\.01 MB/ }).click()
  await expect.poll(names).toEqual(['out', 'lib', 'a.so', 'app', 'notes.txt'])
})
