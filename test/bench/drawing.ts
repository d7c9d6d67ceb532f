import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Page } from 'playwright-core'
import { build, preview, type InlineConfig } from 'vite'
import { launchBrowser, openWindow, openWorkshop, startHost } from '../e2e/harness.ts'
import type { CanvasKind, Draw } from './drawing/page.tsx'
import { median, pause } from './frames.ts'
import { add, dockerfile, line, open, rounds, sizes, windowSize } from './large-file.ts'

/** A page that holds one canvas and nothing else, Slipway's or a naive one, in a server of its own. */
async function serveCanvases(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'slipway-drawing-'))
  const config: InlineConfig = {
    root: join(import.meta.dirname, 'drawing'),
    configFile: false,
    logLevel: 'silent',
    plugins: [react()],
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  }
  process.env['NODE_ENV'] = 'production'
  await build(config)
  const server = await preview(config)
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

/** As the function of that name in the page. */
async function draw(page: Page, kind: CanvasKind, stages: number, isPlaced: boolean): Promise<number> {
  await page.bringToFront()
  await page.requestGC()
  return page.evaluate(
    ([kind, text, isPlaced]) => (globalThis as unknown as { draw: Draw }).draw(kind, text, isPlaced),
    [kind, dockerfile(stages), isPlaced] as const,
  )
}

async function dropped(page: Page, stages: number): Promise<number> {
  await page.bringToFront()
  // Another file is open before.
  await open(page, 3)
  await pause(page)
  await page.requestGC()
  return open(page, stages)
}

interface Drawn {
  readonly naive: number
  readonly canvas: number
  readonly window: number
  readonly naivePlaced: number
  readonly canvasPlaced: number
}

function print(drawn: ReadonlyMap<number, readonly Drawn[]>): void {
  console.log('\ndrawing: ms from text to the graph on the screen, × naive React Flow cards (same reading and layout)')
  console.log(
    'canvas: Slipway’s alone, in the place of the naive one; window: a file dropped into the whole application',
  )
  console.log('placed: each card has its place already, as when a file is opened again')
  line('stages', 'naive', 'canvas', '×', 'window', '×', 'n. placed', 'c. placed', '×')
  for (const [count, measured] of drawn) {
    const of = (key: keyof Drawn) => median(measured.map(each => each[key]))
    const [naive, placed] = [of('naive'), of('naivePlaced')]
    const [canvas, window, canvasPlaced] = [of('canvas'), of('window'), of('canvasPlaced')]
    line(count, naive, canvas, canvas / naive, window, window / naive, placed, canvasPlaced, canvasPlaced / placed)
  }
}

async function measure(): Promise<void> {
  const workshop = await openWorkshop()
  const host = await startHost({ state: `${workshop.folder}/state` })
  const canvases = await serveCanvases()
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: windowSize })
    const { page: window } = await openWindow(context, host.url)
    const alone = await context.newPage()
    await alone.goto(canvases.url)
    await dropped(window, 3)
    for (const kind of ['own', 'naive'] as const) await draw(alone, kind, 3, false)
    const drawn = new Map<number, Drawn[]>()
    for (let round = 0; round < rounds; round++)
      for (const count of sizes) {
        // A naive page of 5,000 cards takes minutes.
        const naive = (isPlaced: boolean) => (count > 1_000 ? NaN : draw(alone, 'naive', count, isPlaced))
        add(drawn, count, {
          window: await dropped(window, count),
          naive: await naive(false),
          canvas: await draw(alone, 'own', count, false),
          naivePlaced: await naive(true),
          canvasPlaced: await draw(alone, 'own', count, true),
        })
      }
    print(drawn)
  } finally {
    await browser.close()
    await canvases.close()
    await host.stop()
    await workshop.remove()
  }
}

if (existsSync(process.env['CHROME_PATH'] ?? '/usr/bin/chromium')) await measure()
else console.log('\ndrawing: not measured, as there is no browser. CHROME_PATH names one.')
