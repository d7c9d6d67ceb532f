import { existsSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import type { CDPSession, Page } from 'playwright-core'
import { build } from 'vite'
import { countCardRenders, takeCardRenders } from '../e2e/card-renders.ts'
import { launchBrowser, openWindow, openWorkshop, startHost } from '../e2e/harness.ts'
import { frames, type Frames, median, moves, pause } from './frames.ts'

/** Stages of eight instructions; each begins from an earlier one, and every third copies from a neighbour. */
function dockerfile(stages: number): string {
  return Array.from({ length: stages }, (_, index) => {
    const base = index === 0 ? 'alpine:3.20' : `stage-${(index - 1) >> 2}`
    const copy = index % 3 === 2 ? `stage-${Math.max((index - 1) >> 2, index - 2)}` : ''
    return `FROM ${base} AS stage-${index}
WORKDIR /src
COPY package.json package-lock.json ./
RUN make part-${index}
${copy === '' ? 'ENV NODE_ENV=production' : `COPY --from=${copy} /out /in`}
RUN make install
ENV PORT=8080
EXPOSE 8080
CMD ["node", "server.js"]
`
  }).join('\n')
}

const windowSize = { width: 1600, height: 900 }
/** Every figure is the median of so many, each with all sizes in turn: other work on the machine meets all of them. */
const rounds = Number(process.env['SLIPWAY_BENCH_ROUNDS'] ?? 3)
const sizes = (process.env['SLIPWAY_BENCH_STAGES'] ?? '50 260 1000 5000').split(' ').map(Number)

/** Drops a file into the window; the time until its graph is on the screen: cards with edges, or the picture of all. */
function open(page: Page, stages: number): Promise<number> {
  const file = { text: dockerfile(stages), name: `${stages}.Dockerfile`, stages }
  return page.evaluate(async ({ text, name, stages }) => {
    const data = new DataTransfer()
    data.items.add(new File([text], name))
    const frame = () => new Promise(requestAnimationFrame)
    const started = performance.now()
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    const isDrawn = () => {
      if (document.querySelector(`.graph-overview[aria-label*=" ${stages} stages"]`) !== null) return true
      // It opens on the target, which no other file has.
      const names = [...document.querySelectorAll('.stage-name')].map(element => element.textContent)
      return names.includes(`stage-${stages - 1}`) && document.querySelector('.graph-edge-line') !== null
    }
    while (!isDrawn()) await frame()
    await frame()
    await frame()
    return performance.now() - started
  }, file)
}

async function gestures(page: Page, session: CDPSession): Promise<Record<'pan' | 'zoom' | 'drag', Frames>> {
  const pane = await page.locator('.react-flow__pane').boundingBox()
  if (pane === null) throw new Error('The canvas is not shown.')
  const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 }
  /** The movement alone: what is selected and where a card is put is settled before the first frame and after the last. */
  const pull = async (start: { x: number; y: number }) => {
    await page.mouse.click(start.x, start.y)
    await pause(page)
    await page.mouse.down()
    await page.mouse.move(start.x + 5, start.y)
    await pause(page)
    const pulled = await frames(page, session, async () => {
      for (let move = 0; move < moves; move++) {
        const turn = (move / moves) * 2 * Math.PI
        await page.mouse.move(start.x + 120 * Math.sin(turn), start.y + 80 * (1 - Math.cos(turn)))
      }
    })
    await page.mouse.up()
    return pulled
  }
  const pan = await pull((await search(page, middle, false)) ?? middle)
  await page.mouse.move(middle.x, middle.y)
  const zoom = await frames(page, session, async () => {
    for (let move = 0; move < moves; move++) await page.mouse.wheel(0, move % 20 < 10 ? -12 : 12)
  })
  await pause(page)
  return { pan, zoom, drag: await pull((await search(page, middle, true)) ?? middle) }
}

/** A place on a card, or beside all cards and edges, near `middle`. */
async function search(page: Page, middle: { x: number; y: number }, card: boolean) {
  for (let turn = 0; turn < 400; turn++) {
    const at = { x: middle.x + turn * 0.7 * Math.sin(turn), y: middle.y + turn * 0.7 * Math.cos(turn) }
    await page.mouse.move(at.x, at.y)
    const isFound = await page.evaluate(isCard => {
      const isOver = (what: string) => document.querySelector(`:is(${what}):hover`) !== null
      return isCard
        ? isOver('.stage-header, .graph-pane[data-pointing="true"]')
        : !isOver('.react-flow__node, .react-flow__edge, .edge-pill, .graph-pane[data-pointing="true"]')
    }, card)
    if (isFound) return at
  }
  return null
}

/** From a key pressed in the text of a stage to the frame that shows it on the card, and what React drew for it. */
async function keystroke(page: Page): Promise<{ readonly time: number; readonly cards: number }> {
  await page.locator('.cm-line', { hasText: 'RUN make part-' }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type('x')
  await pause(page)
  const times: number[] = []
  let cards = 0
  for (let key = 0; key < 5; key++) {
    await takeCardRenders(page)
    const shown = await page.evaluateHandle(() => ({
      time: new Promise<number>(resolve => {
        let pressed = 0
        window.addEventListener('keydown', () => (pressed = performance.now()), { capture: true, once: true })
        const observer = new MutationObserver(() => {
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)))
        })
        const pane = document.querySelector('.react-flow__nodes')
        if (pane !== null) observer.observe(pane, { characterData: true, childList: true, subtree: true })
      }),
    }))
    await page.keyboard.press('y')
    times.push(await shown.evaluate(({ time }) => time))
    await pause(page)
    cards = Math.max(
      cards,
      Object.values(await takeCardRenders(page)).reduce((sum, count) => sum + count, 0),
    )
  }
  // Without unsaved changes the next file opens unasked.
  for (let key = 0; key < 6; key++) await page.keyboard.press('Backspace')
  return { time: times.sort((a, b) => a - b)[2] ?? NaN, cards }
}

interface NaiveTimes {
  /** Reading, deriving and layout, by the code of the window itself. */
  readonly prepared: number
  readonly drawn: number
}

/** A naive page that draws each file over the one before it, as in the window. */
async function openNaive(page: Page): Promise<(stages: number) => Promise<NaiveTimes>> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'silent',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: 'naive/page.tsx', formats: ['iife'], name: 'naive' } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!('output' in output)) throw new Error('The page to compare with was not built.')
  for (const file of output.output) {
    if (file.type === 'chunk') await page.addScriptTag({ content: file.code })
    else if (file.fileName.endsWith('.css')) await page.addStyleTag({ content: String(file.source) })
  }
  const draw = (text: string) => (globalThis as unknown as { draw: (text: string) => Promise<NaiveTimes> }).draw(text)
  return async stages => {
    await page.bringToFront()
    await page.evaluate(draw, dockerfile(3))
    await page.evaluate(() => new Promise(resolve => void requestIdleCallback(resolve, { timeout: 2_000 })))
    return page.evaluate(draw, dockerfile(stages))
  }
}

const cell = (value: number | string, width = 11) =>
  (typeof value === 'number' ? value.toFixed(value < 10 ? 1 : 0) : value).padStart(width)
const line = (...cells: readonly (number | string)[]) => console.log(cells.map(each => cell(each)).join(''))

interface Drawn {
  readonly opened: number
  readonly fit: number
  readonly key: Awaited<ReturnType<typeof keystroke>>
  readonly naive: NaiveTimes | null
}

function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  lists.set(key, [...(lists.get(key) ?? []), value])
}

function printFrames(moved: ReadonlyMap<string, readonly Frames[]>): void {
  console.log('\ncanvas: ms between frames, and processor time for each movement, × that of the smallest file')
  line('stages', 'zoom', 'gesture', 'p50', 'p95', 'main', '×', 'all threads', '×')
  for (const [name, measured] of moved) {
    const [count = '', zoom = '', gesture = ''] = name.split(' ')
    const base = moved.get(`${sizes[0] ?? ''} ${zoom} ${gesture}`) ?? measured
    const of = (key: keyof Frames, list = measured) => median(list.map(frames => frames[key]))
    const [main, all] = [of('main'), of('all')]
    line(count, zoom, gesture, of('p50'), of('p95'), main, main / of('main', base), all, all / of('all', base))
  }
}

function printDrawn(drawn: ReadonlyMap<number, readonly Drawn[]>): void {
  console.log(
    '\ncanvas: ms from text to the drawn graph, × naive React Flow cards; without reading and layout; and a key',
  )
  line('stages', 'drawn', 'naive', '×', 'drawing', 'naive', '×', 'fit', 'keystroke', 'cards drawn')
  for (const [count, measured] of drawn) {
    const of = (value: (each: Drawn) => number) => median(measured.map(value))
    const prepared = of(({ naive }) => naive?.prepared ?? NaN)
    const cards = of(({ naive }) => naive?.drawn ?? NaN)
    const opened = of(each => each.opened)
    const [whole, alone] = [prepared + cards, Math.max(0, opened - prepared)]
    const [fit, time] = [of(each => each.fit), of(({ key }) => key.time)]
    const rendered = Math.max(...measured.map(({ key }) => key.cards))
    line(count, opened, whole, opened / whole, alone, cards, alone / cards, fit, time, rendered)
  }
}

async function measure(): Promise<void> {
  const workshop = await openWorkshop()
  const host = await startHost({ state: `${workshop.folder}/state` })
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: windowSize })
    await countCardRenders(context)
    const { page } = await openWindow(context, host.url)
    page.setDefaultTimeout(120_000)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await open(page, 3)
    const naive = await openNaive(await context.newPage())
    const moved = new Map<string, Frames[]>()
    const drawn = new Map<number, Drawn[]>()
    for (let round = 0; round < rounds; round++) {
      for (const count of sizes) {
        await page.bringToFront()
        await pause(page)
        const opened = await open(page, count)
        await pause(page)
        const key = await keystroke(page)
        const started = performance.now()
        await page.getByRole('button', { name: /^Fit/ }).click()
        await page.waitForTimeout(0)
        const fit = performance.now() - started
        for (const [zoom, button] of [
          ['working', page.locator('.graph-zoom')],
          ['fit', page.getByRole('button', { name: /^Fit/ })],
        ] as const) {
          await button.click()
          await pause(page)
          for (const [gesture, measured] of Object.entries(await gestures(page, session)))
            add(moved, `${count} ${zoom} ${gesture}`, measured)
          await button.click()
        }
        // Another file is open before the next, and a naive page of 5,000 cards takes minutes.
        await open(page, 3)
        add(drawn, count, { opened, fit, key, naive: count > 1_000 ? null : await naive(count) })
      }
    }
    printFrames(moved)
    printDrawn(drawn)
  } finally {
    await browser.close()
    await host.stop()
    await workshop.remove()
  }
}

if (existsSync(process.env['CHROME_PATH'] ?? '/usr/bin/chromium')) await measure()
else console.log('\ncanvas: not measured, as there is no browser. CHROME_PATH names one.')
