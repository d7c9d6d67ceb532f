import { expect, test } from 'vitest'
import { windowOn } from './window-on.ts'

const steps = Array.from({ length: 80 }, (_, at) => `RUN make part-${at}\n`).join('')
const opened = windowOn(`FROM busybox AS only\n${steps}`)

/** Pixels by which the cursor stands below the lower edge of the text that is in view. */
function belowView(): Promise<number> {
  return opened.page.evaluate(() => {
    const [text, cursor] = ['.cm-scroller', '.cm-cursor-primary'].map(each => document.querySelector(each))
    return (cursor?.getBoundingClientRect().bottom ?? NaN) - (text?.getBoundingClientRect().bottom ?? NaN)
  })
}

test('the cursor stays in view when the pane becomes lower, and text that was scrolled away from it where it is', async () => {
  const { page } = opened
  await page.locator('.cm-line').first().click()
  await page.keyboard.press('Control+End')
  await expect.poll(belowView).toBeLessThanOrEqual(0)
  await page.keyboard.press('Control+j')
  await page.getByRole('tabpanel', { name: 'Problems' }).waitFor()
  await expect.poll(belowView).toBeLessThanOrEqual(0)

  await page.keyboard.press('Control+j')
  await page.locator('.cm-scroller').evaluate(text => text.scrollTo(0, 0))
  await page.keyboard.press('Control+j')
  await page.getByRole('tabpanel', { name: 'Problems' }).waitFor()
  expect(await page.locator('.cm-scroller').evaluate(text => text.scrollTop)).toBe(0)
})
