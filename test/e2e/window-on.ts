import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser, openWindow, openWorkshop, type RunningHost, startHost, type Workshop } from './harness.ts'

/** The window of the running test, fresh for each. */
export interface TestWindow {
  readonly page: Page
  readonly folder: string
  /** A stage's card by its name. */
  readonly card: (name: string) => Locator
  /** Chooses an entry from the menu of a stage's card. */
  readonly choose: (stage: string, entry: string) => Promise<void>
}

interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly environment?: Readonly<Record<string, string>>
}

/** Opens a window on a Dockerfile of this text before each test; errors in its console fail the test. */
export function windowOn(dockerfile: string, options: WindowOptions = {}): TestWindow {
  let browser: Browser
  let context: BrowserContext
  let workshop: Workshop
  let host: RunningHost
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const { width = 1600, height = 900, environment = {} } = options
    workshop = await openWorkshop()
    const path = await workshop.write('Dockerfile', dockerfile)
    host = await startHost({ path, state: `${workshop.folder}/state`, environment })
    context = await browser.newContext({ viewport: { width, height } })
    ;({ page, complaints } = await openWindow(context, host.url))
    await page.locator('.stage-card').first().waitFor()
  })
  afterEach(async () => {
    expect(complaints).toEqual([])
    await context.close()
    await host.stop()
    await workshop.remove()
  })

  const card = (name: string) => page.locator('.stage-card').filter({ has: page.getByText(name, { exact: true }) })
  return {
    get page() {
      return page
    },
    get folder() {
      return workshop.folder
    },
    card,
    async choose(stage, entry) {
      await card(stage)
        .getByRole('button', { name: `Actions for ${stage}` })
        .click()
      await page.getByRole('menuitem', { name: entry }).click()
    },
  }
}
