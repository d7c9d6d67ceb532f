import { type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser, openWindow, openWorkshop, type RunningHost, startHost, type Workshop } from './harness.ts'

let browser: Browser
let context: BrowserContext
let workshop: Workshop
let host: RunningHost

beforeAll(async () => (browser = await launchBrowser()))
afterAll(() => browser.close())
beforeEach(async () => {
  workshop = await openWorkshop()
  const path = await workshop.write('Dockerfile', 'FROM scratch AS only\n')
  host = await startHost({ path, state: `${workshop.folder}/state` })
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await host.stop()
  await workshop.remove()
})

/** As Chromium does with requests that wait when a container changes the machine's network. */
async function dropFirst(files: RegExp): Promise<() => number> {
  let dropped = 0
  await context.route(files, route => (dropped++ === 0 ? route.abort('failed') : route.continue()))
  return () => dropped
}

test.each([
  ['the script that the page begins with', /\/index-[\w-]+\.js$/],
  ['the style sheet that the page begins with', /\/index-[\w-]+\.css$/],
  ['a part that is loaded when it is needed', /\/GraphArea-[\w-]+\.js$/],
  ['the style sheet of such a part', /\/GraphArea-[\w-]+\.css$/],
])('a dropped request for %s is made again', async (_, files) => {
  const asked = await dropFirst(files)
  const { page } = await openWindow(context, host.url)
  const card = page.locator('.stage-card')
  await card.waitFor()
  const looks = (selector: string, property: string) =>
    page.locator(selector).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
  await expect.poll(() => looks('.top-bar', 'display')).toBe('flex')
  await expect.poll(() => looks('.stage-card', 'border-radius')).toBe('8px')
  expect(asked()).toBe(2)
})

test.each([
  ['Opening…', /\/desk-[\w-]+\.js$/],
  ['Drawing…', /\/GraphArea-[\w-]+\.js$/],
])('%s is said while what comes next is slow', async (words, files) => {
  let release = () => {}
  const held = new Promise<void>(resolve => (release = resolve))
  await context.route(files, async route => {
    await held
    await route.continue()
  })
  const { page } = await openWindow(context, host.url)
  await page.locator('.waiting', { hasText: words }).waitFor()
  release()
  await page.locator('.stage-card').waitFor()
  expect(await page.locator('.waiting').count()).toBe(0)
})

test('a browser without idle callbacks opens the window as well', async () => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, 'requestIdleCallback')
    Reflect.deleteProperty(window, 'cancelIdleCallback')
  })
  const { page, complaints } = await openWindow(context, host.url)
  await page.locator('.stage-card').waitFor()
  expect(complaints).toEqual([])
})
