import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `ARG VARIANT=prod
FROM scratch AS build-dev
FROM scratch AS build-prod
FROM --platform=$TARGETPLATFORM build-$VARIANT AS app
`

const at = windowOn(dockerfile)
const strip = () => at.page.getByRole('group', { name: 'Variants' })
const neededWhen = (words: string) => at.page.locator('.stage-footer').getByText(words, { exact: true })

test('a value given in the strip resolves the graph anew, is remembered for the file and never written', async () => {
  const { page } = at
  const field = strip().getByLabel('VARIANT')
  expect(await field.getAttribute('placeholder')).toBe('prod')
  await at
    .card('build-dev')
    .filter({ has: neededWhen('Needed when VARIANT=dev') })
    .waitFor()
  await field.fill('dev')
  await at
    .card('build-prod')
    .filter({ has: neededWhen('Needed when VARIANT=prod') })
    .waitFor()
  await page.reload()
  await at
    .card('build-prod')
    .filter({ has: neededWhen('Needed when VARIANT=prod') })
    .waitFor()
  expect(await field.inputValue()).toBe('dev')
  await strip().getByRole('button', { name: 'Reset' }).click()
  await at
    .card('build-dev')
    .filter({ has: neededWhen('Needed when VARIANT=dev') })
    .waitFor()
  expect(await field.inputValue()).toBe('')
  expect(await shownText(page)).toBe(dockerfile)
  expect(await page.getByRole('img', { name: 'Unsaved changes' }).count()).toBe(0)
})

test('by keyboard: a shortcut leads to the strip, Enter takes a value and Escape gives it up', async () => {
  const { page } = at
  await at.card('app').waitFor()
  await page.keyboard.press('Control+Alt+v')
  await page.keyboard.type('odd')
  await page.keyboard.press('Escape')
  await page.keyboard.type('dev')
  await page.keyboard.press('Enter')
  await at
    .card('build-prod')
    .filter({ has: neededWhen('Needed when VARIANT=prod') })
    .waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('linux/arm64')
  await page.keyboard.press('Enter')
  await strip().getByTitle('Target platform is linux/arm64').waitFor()
  await page.keyboard.press('Control+k')
  await page.locator('.palette-input:focus').waitFor()
  await page.keyboard.type('reset the variant')
  await page.keyboard.press('Enter')
  await strip().getByTitle('Target platform is linux/amd64').waitFor()
  expect(await shownText(page)).toBe(dockerfile)
})

test('an empty value is written as two quotes, as an empty field stands for the default', async () => {
  const field = strip().getByLabel('VARIANT')
  await field.fill('""')
  await field.press('Enter')
  await strip().getByTitle('VARIANT is empty').waitFor()
  for (const value of ['dev', 'prod'])
    await at
      .card(`build-${value}`)
      .filter({ has: neededWhen(`Needed when VARIANT=${value}`) })
      .waitFor()
  expect(await field.inputValue()).toBe('""')
  await field.fill('')
  await field.press('Enter')
  await strip().getByTitle('VARIANT is prod').waitFor()
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('what is no platform is refused with a word on how to write one', async () => {
  const field = strip().getByLabel('Target platform')
  await field.fill('linux/not a platform')
  await field.press('Enter')
  expect(await field.evaluate((input: HTMLInputElement) => input.validationMessage)).toBe(
    'Write a platform such as linux/arm64.',
  )
  await strip().getByTitle('Target platform is linux/amd64').waitFor()
})
