import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Counts what comes from a mouse or a finger from now on; returns how to expect that nothing did. */
export async function countPointers(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const counted = { pointers: 0 }
    for (const kind of ['pointerdown', 'pointermove', 'wheel'])
      window.addEventListener(kind, () => (counted.pointers += 1), { capture: true })
    Object.assign(window, { counted })
  })
  return async () => expect(await page.evaluate('counted.pointers')).toBe(0)
}

/** Presses Tab until the focus is on what matches. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Sixty presses of Tab do not lead to ${selector}.`)
}

/** Presses a key until the focus is on an element with this name. */
export async function walkTo(page: Page, key: string, name: RegExp): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  for (let pressed = 0; pressed < 12; pressed++) {
    if (name.test(await focused())) return
    await page.keyboard.press(key)
    await page.waitForTimeout(50)
  }
  throw new Error(`${key} does not lead to ${String(name)} but to ${await focused()}.`)
}

/** Goes from pane to pane until the focus is in this one. */
export async function paneTo(page: Page, pane: string): Promise<void> {
  for (let pressed = 0; pressed < 6; pressed++) {
    await page.keyboard.press('F6')
    if (await page.evaluate(wanted => document.activeElement?.closest(wanted) !== null, pane)) return
  }
  throw new Error(`F6 does not lead to ${pane}.`)
}

/** Goes to a stage's card, and selects it. */
export async function toCard(page: Page, stage: string): Promise<void> {
  await paneTo(page, '.graph-pane')
  // The first card has the focus where none is selected, and Tab goes on from there.
  await page.keyboard.press('Escape')
  await paneTo(page, '.graph-pane')
  await tabTo(page, `.react-flow__node[aria-label^="Stage ${stage}"]`)
  await page.keyboard.press('Space')
  await page.locator('.stage-card[data-selected="true"]').getByText(stage, { exact: true }).waitFor()
}
