import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser, openWindow, openWorkshop, shownText, startHost, type Workshop } from './harness.ts'

let browser: Browser
let context: BrowserContext
let workshop: Workshop

beforeAll(async () => (browser = await launchBrowser()))
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
})
afterEach(async () => {
  await context.close()
  await workshop.remove()
})

const state = () => `${workshop.folder}/state`

/** Waits until what was typed is kept beside the application's state. */
async function draftHolds(typed: string): Promise<void> {
  const kept = async () => {
    const names = await readdir(`${state()}/drafts`)
    return Promise.all(names.map(name => readFile(`${state()}/drafts/${name}`, 'utf8')))
  }
  await expect.poll(() => kept().catch(() => [])).toContainEqual(expect.stringContaining(typed))
}

/** Where the second card stands from the first, in widths of a card: the same at every zoom. */
async function arrangement(page: Page): Promise<{ x: number; y: number }> {
  const cards = page.locator('.stage-card')
  const [first, second] = [await cards.nth(0).boundingBox(), await cards.nth(1).boundingBox()]
  if (!first || !second) throw new Error('The cards are not on the canvas.')
  return { x: (second.x - first.x) / first.width, y: (second.y - first.y) / first.width }
}

test('a CRLF file with a byte order mark is edited in place: only the typed characters differ', async () => {
  const text = '\uFEFF# note\r\nFROM scratch AS a\r\nCOPY x /x\r\n\r\nFROM a'
  const path = await workshop.write('Dockerfile', text)
  const host = await startHost({ path, state: state() })
  const { page, complaints } = await openWindow(context, host.url)
  await page.locator('.cm-line', { hasText: 'COPY x /x' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('y\nCOPY z /z')
  await page.keyboard.press('Control+s')
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  expect(await readFile(path, 'utf8')).toBe(
    '\uFEFF# note\r\nFROM scratch AS a\r\nCOPY x /xy\r\nCOPY z /z\r\n\r\nFROM a',
  )
  expect(complaints).toEqual([])
  await host.stop()
})

test('a change on disk reloads a clean document as a step that undo takes back', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch AS before\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  await writeFile(path, 'FROM scratch AS after\n')
  await page.locator('.cm-line', { hasText: 'AS after' }).waitFor()
  await page.getByRole('button', { name: /^Undo: / }).click()
  expect(await shownText(page)).toBe('FROM scratch AS before\n')
  await host.stop()
})

test('a save is no change on disk: the text and its undo steps stay as they are', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  for (const typed of ['COPY a /a\n', 'COPY b /b\n', 'COPY c /c\n']) {
    await page.locator('.cm-line').last().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(typed)
    await page.keyboard.press('Control+s')
    await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
    await page.waitForTimeout(400)
  }
  expect(await page.getByText('was reloaded').count()).toBe(0)
  expect(await shownText(page)).toBe('FROM scratch\nCOPY a /a\nCOPY b /b\nCOPY c /c\n')
  await page.keyboard.press('Control+z')
  const undone = await shownText(page)
  expect(undone).not.toBe('FROM scratch\nCOPY a /a\nCOPY b /b\nCOPY c /c\n')
  expect(undone).toContain('COPY a /a\nCOPY b /b')
  await host.stop()
})

test('a save asked for while another is under way is not lost', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+End')
  const letters = 'a b c d e f g h i j k l'.split(' ')
  for (const letter of letters) {
    await page.keyboard.press(letter)
    await page.keyboard.press('Control+s')
  }
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
  expect(await readFile(path, 'utf8')).toBe(`FROM scratch\n${letters.join('')}`)
  expect(await shownText(page)).toBe(`FROM scratch\n${letters.join('')}`)
  await host.stop()
})

test('a change on disk under unsaved text asks with a diff, and either side can win', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch AS base\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('COPY mine /mine')
  await writeFile(path, 'FROM scratch AS base\nCOPY theirs /theirs\n')
  await page.getByText('changed on disk while it has unsaved changes').waitFor()
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Dockerfile changed on disk' })
  await dialog.getByText('COPY theirs /theirs').waitFor()
  expect(await readFile(path, 'utf8')).toBe('FROM scratch AS base\nCOPY theirs /theirs\n')
  await dialog.getByRole('button', { name: 'Write mine over it' }).click()
  await expect.poll(() => readFile(path, 'utf8')).toBe('FROM scratch AS base\nCOPY mine /mine')
  await host.stop()
})

test('unsaved text survives a host that is killed', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const first = await startHost({ path, state: state() })
  const before = await openWindow(context, first.url)
  await before.page.locator('.cm-line').first().click()
  await before.page.keyboard.press('Control+End')
  await before.page.keyboard.type('COPY unsaved /unsaved')
  await draftHolds('COPY unsaved /unsaved')
  await first.kill()
  await before.page.getByRole('alert').waitFor()
  expect(await readFile(path, 'utf8')).toBe('FROM scratch\n')

  const second = await startHost({ path, state: state() })
  const fresh = await browser.newContext()
  const { page } = await openWindow(fresh, second.url)
  await page.locator('.cm-line', { hasText: 'COPY unsaved /unsaved' }).waitFor()
  await page.getByRole('img', { name: 'Unsaved changes' }).waitFor()
  await fresh.close()
  await second.stop()
})

test('unsaved text that comes back over a file changed since then is a conflict, not a silent overwrite', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const first = await startHost({ path, state: state() })
  const before = await openWindow(context, first.url)
  await before.page.locator('.cm-line').first().click()
  await before.page.keyboard.press('Control+End')
  await before.page.keyboard.type('COPY unsaved /unsaved')
  await draftHolds('COPY unsaved /unsaved')
  await first.kill()
  await writeFile(path, 'FROM scratch\nCOPY pulled /pulled\n')

  const second = await startHost({ path, state: state() })
  const fresh = await browser.newContext()
  const { page } = await openWindow(fresh, second.url)
  await page.locator('.cm-line', { hasText: 'COPY unsaved /unsaved' }).waitFor()
  await page.getByText('changed on disk while it has unsaved changes').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByRole('dialog', { name: 'Dockerfile changed on disk' }).getByText('COPY pulled /pulled').waitFor()
  expect(await readFile(path, 'utf8')).toBe('FROM scratch\nCOPY pulled /pulled\n')
  await fresh.close()
  await second.stop()
})

test('saving under the typed path of a file in another folder asks before it replaces it', async () => {
  await mkdir(`${workshop.folder}/elsewhere`)
  const other = await workshop.write('elsewhere/Dockerfile', 'FROM scratch AS precious\n')
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  await page.keyboard.press('Control+Shift+s')
  await page.getByLabel('Path').fill(other)
  await page.keyboard.press('Enter')
  await page.getByText('A file of this name exists').waitFor()
  expect(await readFile(other, 'utf8')).toBe('FROM scratch AS precious\n')
  await page.getByRole('button', { name: 'Replace the file' }).click()
  await expect.poll(() => readFile(other, 'utf8')).toBe('FROM scratch\n')
  await host.stop()
})

test('a path typed before its folder was read is not replaced by what was read', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  // In the turn that draws the dialog, and so before any answer of the host.
  await page.evaluate(typed => {
    new MutationObserver((_, observer) => {
      const field = document.querySelector<HTMLInputElement>('#path-field')
      if (field === null) return
      observer.disconnect()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, typed)
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }).observe(document.body, { childList: true, subtree: true })
  }, '/elsewhere/other')
  await page.keyboard.press('Control+Shift+s')
  await page.getByRole('group', { name: `Folder ${workshop.folder}` }).waitFor()
  expect(await page.getByLabel('Path').inputValue()).toBe('/elsewhere/other')
  await host.stop()
})

test('a key that comes before the document does counts once it is there', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('.top-bar') === null) return
      observer.disconnect()
      // Once the window listens, which is after its first frame, and before a file has come over the wire.
      requestAnimationFrame(() =>
        setTimeout(() =>
          window.dispatchEvent(new KeyboardEvent('keydown', { key: 'S', ctrlKey: true, shiftKey: true })),
        ),
      )
    }).observe(document, { childList: true, subtree: true })
  })
  const { page } = await openWindow(context, host.url)
  await page.getByRole('dialog', { name: 'Save as' }).waitFor()
  await host.stop()
})

test('what is not UTF-8 is refused with a sentence, and nothing is written on open', async () => {
  const path = `${workshop.folder}/Dockerfile`
  await writeFile(path, Buffer.from([0x46, 0x52, 0x4f, 0x4d, 0x20, 0xff, 0xfe, 0x0a]))
  const { mtimeNs } = await stat(path, { bigint: true })
  const host = await startHost({ state: state() })
  const { page } = await openWindow(context, host.url)
  await page.getByRole('button', { name: 'Open…', exact: true }).click()
  await page.getByLabel('Path').fill(path)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('UTF-8').waitFor()
  expect((await stat(path, { bigint: true })).mtimeNs).toBe(mtimeNs)
  await host.stop()
})

test('what was said of a file that is missing goes when another one opens', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch AS there\n')
  const host = await startHost({ state: state() })
  const { page } = await openWindow(context, host.url)
  const open = async (wanted: string) => {
    await page.keyboard.press('Control+o')
    await page.getByLabel('Path', { exact: true }).fill(wanted)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: 'Open a Dockerfile' }).waitFor()
  await open(`${workshop.folder}/missing`)
  await page.getByRole('alert').getByText('missing').waitFor()
  await open(path)
  await page.locator('.stage-card').waitFor()
  await page.getByRole('alert').waitFor({ state: 'detached', timeout: 2000 })
  await host.stop()
})

test('opening, selecting, moving cards and closing leave the file alone', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch AS a\r\nCOPY x /x\n\nFROM a AS b\n')
  const { mtimeNs } = await stat(path, { bigint: true })
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  const card = page.locator('.stage-card').first()
  const box = await card.boundingBox()
  if (!box) throw new Error('No card was drawn.')
  await page.mouse.move(box.x + 60, box.y + 14)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 94, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await card.boundingBox())?.x).toBeGreaterThan(box.x + 60)
  expect(await page.getByRole('img', { name: 'Unsaved changes' }).count()).toBe(0)
  const moved = await arrangement(page)
  await page.waitForTimeout(800)
  await host.stop()
  expect((await stat(path, { bigint: true })).mtimeNs).toBe(mtimeNs)

  const again = await startHost({ path, state: state() })
  const fresh = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const reopened = await openWindow(fresh, again.url)
  await reopened.page.locator('.stage-card').first().waitFor()
  await expect.poll(async () => Math.abs((await arrangement(reopened.page)).x - moved.x)).toBeLessThan(0.02)
  expect(Math.abs((await arrangement(reopened.page)).y - moved.y)).toBeLessThan(0.02)
  await fresh.close()
  await again.stop()
})

test('unsaved changes are marked in the title, closing asks, and Cancel keeps everything', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  const title = `Dockerfile (${basename(workshop.folder)}) – Slipway`
  await expect.poll(() => page.title()).toBe(title)
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('COPY a /a')
  await expect.poll(() => page.title()).toBe(`● ${title}`)
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog', { name: 'Save the changes to Dockerfile?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await shownText(page)).toBe('FROM scratch\nCOPY a /a')
  await host.stop()
})

test('with no engine the reason is said and everything but building works', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\n')
  const host = await startHost({
    path,
    state: state(),
    environment: { DOCKER_HOST: `unix://${workshop.folder}/no.sock` },
  })
  const { page } = await openWindow(context, host.url)
  await page.getByRole('button', { name: 'No engine' }).click()
  await page.getByRole('dialog', { name: 'Engine' }).getByText('no.sock').first().waitFor()
  await page.keyboard.press('Escape')
  const bar = page.getByRole('banner')
  expect(await bar.getByRole('button', { name: 'Build' }).isDisabled()).toBe(true)
  await page.getByRole('tab', { name: 'Build' }).click()
  expect(await page.getByRole('tabpanel').getByRole('button', { name: 'Build stage 0' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Actions for stage 0' }).click()
  expect(await page.getByRole('menuitem', { name: 'Build to here' }).isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+b')
  await page.getByRole('status').getByText('an engine that answers').waitFor()
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('COPY a /a')
  await page.locator('.stage-step').waitFor()
  await host.stop()
})

test('a file dropped onto the text opens as a document of its own and leaves the open one alone', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch AS kept\n')
  const host = await startHost({ path, state: state() })
  const { page } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  await page.locator('.cm-content').evaluate(content => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['FROM scratch AS dropped\n'], 'My.Dockerfile'))
    content.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  })
  await page.getByRole('heading', { name: /^My\.Dockerfile/ }).waitFor()
  expect(await shownText(page)).toBe('FROM scratch AS dropped\n')
  await host.stop()
})

test('a .dockerignore that changes on disk brings a problem up and takes it away', async () => {
  const path = await workshop.write('Dockerfile', 'FROM scratch\nCOPY dist /dist\n')
  const host = await startHost({ path, state: state() })
  const { page, complaints } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await page.getByText('No problems found.').waitFor()
  await workshop.write('.dockerignore', 'dist\n')
  const problem = page.getByRole('button', { name: /Attempting to Copy file "dist" that is excluded/ })
  await problem.waitFor()
  await page.locator('.cm-lint-marker-warning').waitFor()
  await workshop.write('.dockerignore', 'other\n')
  await problem.waitFor({ state: 'detached' })
  await page.locator('.cm-lint-marker-warning').waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await host.stop()
})
