import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openWindow, openWorkshop, startHost, type Workshop } from './harness.ts'

const file = `FROM golang:1.25 AS build
RUN go build -ldflags "-X main.v=<1 & 2>" -o /out/app .

FROM scratch
COPY --from=build /out/app /app
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

async function exported(page: Page, entry: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export the graph…' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: entry }).click(),
  ])
  return readFileSync(await download.path())
}

test('the graph is saved as SVG, PNG of twice the size, Mermaid and DOT', async () => {
  const path = await workshop.write('Dockerfile', file)
  const host = await startHost({ path, state: `${workshop.folder}/state` })
  const { page, complaints } = await openWindow(await browser.newContext({ acceptDownloads: true }), host.url)
  await page.locator('.stage-card').first().waitFor()

  const svg = (await exported(page, 'Save as SVG')).toString()
  const drawn = await page.evaluate(text => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml')
    const titles = [...root.querySelectorAll('title')].map(title => title.textContent)
    return { name: root.nodeName, size: ['width', 'height'].map(name => Number(root.getAttribute(name))), titles }
  }, svg)
  expect(drawn.name).toBe('svg')
  expect(drawn.titles).toEqual(expect.arrayContaining([expect.stringMatching(/^Stage build,/)]))
  expect(drawn.titles).toContain('Copy /out/app from build to /app in stage 1')

  const png = await exported(page, 'Save as PNG')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(drawn.size.map(side => side * 2))

  expect((await exported(page, 'Save as Mermaid')).toString()).toMatch(/^flowchart LR\n/)
  expect((await exported(page, 'Save as DOT')).toString()).toMatch(/^digraph /)
  expect(complaints).toEqual([])
  await host.stop()
})
