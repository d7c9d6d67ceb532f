import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { axeTour, injectAxe } from './violations.ts'
import { windowOn } from './window-on.ts'

const at = windowOn(`FROM scratch AS docs
COPY docs /docs
FROM scratch
COPY app/main.js gone.js /app/
`)
const row = (name: string) => at.page.locator('.file-row').filter({ has: at.page.getByText(name, { exact: true }) })
const totals = () => at.page.locator('.files-totals').textContent()
const use = (line: number) =>
  at.page.locator('.context-use').filter({ has: at.page.getByText(String(line), { exact: true }) })

async function showContext() {
  for (const folder of ['app', 'docs', 'node_modules/x']) await mkdir(join(at.folder, folder), { recursive: true })
  await writeFile(join(at.folder, 'app/main.js'), 'x'.repeat(2_000))
  await writeFile(join(at.folder, 'docs/a.md'), 'a')
  await writeFile(join(at.folder, 'node_modules/x/index.js'), 'x')
  await writeFile(join(at.folder, '.dockerignore'), '# not ours\nnode_modules\nstate\n')
  await at.page.keyboard.press('Control+k')
  await at.page.locator('.palette-input:focus').waitFor()
  await at.page.keyboard.type('files of the build context')
  await at.page.keyboard.press('Enter')
  await row('app').waitFor()
}

test('the context shows what is in it, what the target wants, and by which line something is left out', async () => {
  await showContext()
  await expect.poll(totals).toMatch(/Wanted by stage 1 1 file, 2.00 kB. Left out 2 entries./)
  await row('node_modules').click()
  await at.page.getByText(`Left out by line 2 of ${at.folder}/.dockerignore: node_modules`).waitFor()
  await row('app').click()
  await row('main.js').click()
  await at.page.getByText('In the context, taken by line 4').waitFor()
  await at.page.getByRole('combobox', { name: 'Files shown' }).selectOption('Wanted by stage 1')
  await expect.poll(() => row('docs').count()).toBe(0)
})

test('axe finds nothing wrong in the context, in any look', { timeout: 120_000 }, async () => {
  await injectAxe(at.page.context())
  await at.page.emulateMedia({ reducedMotion: 'reduce' })
  await at.page.reload()
  await at.card('docs').waitFor()
  await showContext()
  await row('node_modules').click()
  const { check, found } = axeTour(at.page)
  await check('context')
  expect(found).toEqual({})
})

test('leaving the context ends its walks: nothing more is told of the folder until it is shown again', async () => {
  const told: string[] = []
  at.page.on('websocket', socket => socket.on('framereceived', ({ payload }) => told.push(payload.toString())))
  await at.page.reload()
  await showContext()
  expect(told.some(frame => frame.includes('main.js'))).toBe(true)
  await at.page.getByRole('tab', { name: /^Problems/ }).click()
  await writeFile(join(at.folder, 'app/later.js'), '')
  // Several times as long as a walk waits after a change.
  await at.page.waitForTimeout(1_500)
  expect(told.some(frame => frame.includes('later.js'))).toBe(false)
  await at.page.getByRole('tab', { name: 'Context' }).click()
  await expect.poll(() => told.some(frame => frame.includes('later.js'))).toBe(true)
})

test('an instruction shows what it takes, and what of it is not there; a change on disk is followed', async () => {
  await showContext()
  await use(4).getByText('Nothing in the context matches gone.js').waitFor()
  await use(2).getByText('not needed for this target').waitFor()
  await use(2).click()
  await expect.poll(() => row('app').count()).toBe(0)
  await row('docs').click()
  await row('a.md').waitFor()
  await writeFile(join(at.folder, 'docs/b.md'), 'bb')
  await writeFile(join(at.folder, 'gone.js'), '')
  await row('b.md').waitFor()
  await use(2).getByText('2 files, 3 bytes').waitFor()
  await expect.poll(() => use(4).getByText('Nothing in the context').count()).toBe(0)
})

test('a named context shows its own folder, ignore file and uses; what is no folder is said to come from elsewhere', async () => {
  await mkdir(join(at.folder, 'lib'))
  await writeFile(join(at.folder, 'lib/tool.js'), 'tool')
  await writeFile(join(at.folder, 'lib/.dockerignore'), '*.log')
  await writeFile(join(at.folder, 'lib/noise.log'), 'noise')
  await at.page.getByRole('button', { name: 'Arguments, secrets and more…' }).click()
  const form = at.page.getByRole('dialog', { name: 'Build' })
  for (const [name, place] of Object.entries({ docs: 'docker-image://busybox', lib: 'lib' })) {
    await form.getByRole('button', { name: 'Add context' }).click()
    await form.getByPlaceholder('name', { exact: true }).last().fill(name)
    await form.getByPlaceholder('folder or docker-image://…').last().fill(place)
  }
  await form.getByRole('button', { name: 'Build', exact: true }).click()
  await showContext()
  await at.page.getByRole('combobox', { name: 'Context' }).selectOption('lib = lib')
  await row('noise.log').click()
  await at.page.getByText(`Left out by line 1 of ${at.folder}/lib/.dockerignore: *.log`).waitFor()
  await at.page.getByText('No instruction takes anything from the context lib.').waitFor()
  await at.page.getByRole('combobox', { name: 'Context' }).selectOption('docs = docker-image://busybox')
  await at.page.getByText('The engine itself takes docs from docker-image://busybox.').waitFor()
})
