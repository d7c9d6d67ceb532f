import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { buildAll, engineUnderTest, requestFor } from '../engine/building.ts'
import { windowOn } from './window-on.ts'

beforeAll(ensureBaseImage)
const at = windowOn(`FROM ${baseImage} AS build\nRUN true\n`)
const file = (name: string) => at.page.locator('.file-row').filter({ has: at.page.getByText(name, { exact: true }) })

test('the files of an image of the engine are looked at layer by layer, with nothing built', async () => {
  await at.choose('build', 'Look into the base image')
  await file('bin').click()
  await file('busybox').waitFor()
  await at.page.getByRole('combobox', { name: 'Layer' }).selectOption({ index: 1 })
  await at.page.getByRole('searchbox', { name: 'Search files' }).fill('bin/busybox')
  await file('busybox').waitFor()
  await expect(at.page.getByRole('combobox', { name: 'Stage' }).inputValue()).resolves.toBe(baseImage)
})

test('an image that was never built here is compared with another, drawn by layer and extracted', async () => {
  const other = 'slipway-test/compared:1'
  const engine = engineUnderTest()
  const otherByte =
    'cp /bin/busybox /b && printf X | dd of=/b bs=1 seek=1000000 conv=notrunc && touch -r /bin/busybox /b && mv /b /bin/busybox'
  const steps = `echo more > /more && rm /bin/vi && ${otherByte}`
  await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN ${steps}\n`, { tags: [other] }))
  await engine.close()
  const { page } = at
  await at.choose('build', 'Look into the base image')
  await file('bin').waitFor()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption(other)
  // The other image has one file more and one less.
  await page.getByText(/added, \d+ removed/).waitFor()
  await file('more').waitFor()
  await file('bin').click()
  await file('vi').waitFor()
  // Of the same size and time: only its bytes tell.
  expect(await file('busybox').count()).toBe(0)
  await page.getByRole('button', { name: 'Compare contents' }).click()
  await file('busybox').getByRole('img', { name: 'Changed' }).waitFor()
  await page.getByText(/1 changed.*, contents compared$/).waitFor()

  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('')
  await page.getByRole('button', { name: 'Map of files' }).click()
  await page
    .getByRole('listbox', { name: 'Files by size' })
    .getByRole('option', { name: /busybox/ })
    .waitFor()
  await page.getByRole('group', { name: 'What brought the files' }).getByText('Layer 1').waitFor()

  await page.getByRole('searchbox', { name: 'Search files' }).fill('bin/busybox')
  await file('busybox').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Extract to disk…' }).click()
  const asked = page.getByRole('dialog', { name: 'Extract to a folder' })
  await asked.getByRole('textbox').fill(at.folder)
  await asked.getByRole('button', { name: 'Extract here' }).click()
  await page.getByText(/^Extracted busybox to /).waitFor()
  expect(readFileSync(join(at.folder, 'busybox')).equals(readFileSync('/bin/busybox'))).toBe(true)
})

test('images of the engine come first in the lists of what a stage can begin from', async () => {
  const { page } = at
  const firstHeading = () => page.locator('[cmdk-group-heading]').first().innerText()
  await at.card('build').locator('.stage-header').click()
  await page.keyboard.press('a')
  await page.locator('.add-input:focus').waitFor()
  await page.getByRole('option', { name: baseImage }).first().waitFor()
  expect(await firstHeading()).toMatch(/^images on the engine$/i)
  await page.locator('.add-input:focus').fill('busybox')
  expect(await page.locator('[cmdk-item]').first().innerText()).toContain(baseImage)
  await page.keyboard.press('Escape')
  await at.card('build').locator('.stage-header').click()
  await page.keyboard.press('b')
  const field = page.getByRole('dialog', { name: 'Change the base of build' }).getByLabel(/^Base/)
  const offered = await field.evaluate((input: HTMLInputElement) =>
    [...(input.list?.options ?? [])].map(each => each.value),
  )
  expect(offered).toContain(baseImage)
  expect(offered.indexOf(baseImage)).toBeLessThan(offered.indexOf('alpine'))
})
