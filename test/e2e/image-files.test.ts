import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
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
