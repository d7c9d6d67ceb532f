import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openWindow, openWorkshop, startHost, type Workshop } from './harness.ts'

const dockerfile = `FROM alpine:3.20 AS base
RUN make base

FROM base AS build
RUN make app

FROM base AS final
COPY --from=build /app /app
`

let browser: Browser
let workshop: Workshop
beforeAll(async () => {
  browser = await launchBrowser()
  workshop = await openWorkshop()
})
afterAll(async () => {
  await browser.close()
  await workshop.remove()
})

/** Where each stage stands on the canvas, whatever part of it is in view. */
async function places(page: Page): Promise<Readonly<Record<string, string>>> {
  const found = await page
    .locator('.react-flow__node-stage')
    .evaluateAll(nodes =>
      nodes.map(node => [node.querySelector('.stage-name')?.textContent ?? '', (node as HTMLElement).style.transform]),
    )
  return Object.fromEntries(found) as Readonly<Record<string, string>>
}

test('a card that was moved and all others stay through edits above, a rename, a stage put between, and reopening', async () => {
  const path = await workshop.write('Dockerfile', dockerfile)
  const state = `${workshop.folder}/state`
  const host = await startHost({ path, state })
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const { page } = await openWindow(context, host.url)
  const build = page.locator('.stage-card').filter({ hasText: 'make app' })
  const box = await build.boundingBox()
  if (box === null) throw new Error('No card was drawn.')
  await page.mouse.move(box.x + 60, box.y + 14)
  await page.mouse.down()
  await page.mouse.move(box.x + 90, box.y + 214, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await build.boundingBox())?.y).toBeGreaterThan(box.y + 100)
  const before = await places(page)
  expect(Object.keys(before)).toEqual(['base', 'build', 'final'])

  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText('# above\n')
  await build.click({ position: { x: 100, y: 14 } })
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('compile')
  await page.keyboard.press('Enter')
  const renamed = { base: before['base'], compile: before['build'], final: before['final'] }
  await expect.poll(() => places(page)).toEqual(renamed)
  await page.locator('.cm-line').filter({ hasText: 'make base' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText('\n\nFROM base AS between\nRUN make between')
  await expect.poll(() => places(page)).toMatchObject({ ...renamed, between: expect.any(String) as string })
  await page.keyboard.press('Control+s')
  const after = await places(page)
  await page.waitForTimeout(800)
  await context.close()
  await host.stop()

  const again = await startHost({ path, state })
  const fresh = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const reopened = await openWindow(fresh, again.url)
  await expect.poll(() => places(reopened.page)).toEqual(after)
  await fresh.close()
  await again.stop()
})
