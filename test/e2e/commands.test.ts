import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base
FROM base AS final
RUN true
`

const at = windowOn(dockerfile)

async function openPalette(): Promise<void> {
  await at.page.keyboard.press('Control+k')
  await at.page.locator('.palette-input:focus').waitFor()
}

test('the palette finds a command by its words and runs it on what is selected', async () => {
  await at.card('base').locator('.stage-header').click()
  await openPalette()
  await at.page.keyboard.type('renam')
  await at.page.getByRole('option', { name: /^Rename/, selected: true }).waitFor()
  await at.page.keyboard.press('Enter')
  await at.page.keyboard.type('root')
  await at.page.keyboard.press('Enter')
  await at.card('root').waitFor()
  expect(await shownText(at.page)).toBe(dockerfile.replaceAll('base', 'root'))
})

test('the palette says what a command needs that cannot be run now, and does not run it', async () => {
  await openPalette()
  await at.page.keyboard.type('rename')
  const entry = at.page.getByRole('option', { name: /^Rename/ })
  await expect.poll(() => at.page.locator('.palette').getByRole('option').count()).toBe(1)
  expect(await entry.textContent()).toContain('Select a stage first.')
  await at.page.keyboard.press('Enter')
  expect(await at.page.getByRole('dialog', { name: 'All commands' }).isVisible()).toBe(true)
  await at.page.keyboard.press('Escape')
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('a shortcut that was changed works, is shown, takes the chord from its owner and survives a reload', async () => {
  const { page } = at
  await page.keyboard.press('Control+Alt+k')
  await page.getByRole('button', { name: 'Shortcut of Show or hide the outline' }).click()
  await page.keyboard.press('Control+j')
  await page.getByText('Ctrl+J was taken from “Show or hide the lower panel”').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.keyboard.press('Control+j')
  await page.getByRole('navigation', { name: 'Outline' }).waitFor()
  expect(await page.getByRole('button', { name: 'Show or hide the outline (Ctrl+J)' }).count()).toBe(1)
  await page.reload()
  await page.getByRole('button', { name: 'Show or hide the outline (Ctrl+J)' }).waitFor()
  await page.getByRole('button', { name: 'Show or hide the lower panel', exact: true }).waitFor()
})

test('what is typed before the palette has come reaches it, Enter too, and not the text', async () => {
  const { page } = at
  await page.route('**/CommandPalette*', async route => {
    await new Promise(done => setTimeout(done, 1000))
    await route.continue()
  })
  await page.reload()
  await at.card('final').waitFor()
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('shorr')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('t')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor()
  expect(await shownText(page)).toBe(dockerfile)
})

test('a gesture made before the last change is drawn is worked out on the text as it stands', async () => {
  const { page } = at
  for (const copies of [1, 2]) {
    await at.card('base').locator('.stage-header').click()
    await page.keyboard.press('Control+d')
    await expect.poll(() => page.locator('.stage-card').count()).toBe(2 + copies)
  }
  const press = (key: string, name: string) =>
    `document.querySelector('.react-flow__node[aria-label^="Stage ${name}"]').dispatchEvent(
      new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true }))`
  // Within one task nothing is drawn between the two.
  await page.evaluate(`${press('Delete', 'base-2')}; void ${press('Delete', 'base-3')}`)
  await expect.poll(() => shownText(page)).toBe(dockerfile)
})

test('a dialog that is closed gives the focus back to the text', async () => {
  const { page } = at
  await page.locator('.cm-content').click()
  for (const [keys, title] of [
    ['Control+Shift+b', 'Build'],
    ['Control+Alt+k', 'Shortcuts'],
  ] as const) {
    await page.keyboard.press(keys)
    await page.getByRole('dialog', { name: title, exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.cm-content:focus').waitFor()
  }
})
