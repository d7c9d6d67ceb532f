import { test } from 'vitest'
import { windowOn } from './window-on.ts'

const dockerfile = Array.from(
  { length: 16 },
  (_, index) => `FROM ${index < 4 ? 'alpine:3.20' : `stage-${index - 4}`} AS stage-${index}\nRUN make\n`,
).join('')

const at = windowOn(dockerfile)
const map = () => at.page.getByRole('img', { name: 'Overview of the graph' })

test('the small map is there where part of the graph is out of view and the canvas has room for it', async () => {
  const { page } = at
  await at.card('stage-15').locator('.stage-header').click()
  await page.keyboard.press('1')
  await map().waitFor({ state: 'detached' })
  await page.keyboard.press('0')
  await map().waitFor()
  await page.setViewportSize({ width: 1600, height: 500 })
  await map().waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1600, height: 900 })
  await map().waitFor()
})
