import { existsSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { countCardRenders, takeCardRenders } from '../e2e/card-renders.ts'
import { launchBrowser, openWindow, openWorkshop, startHost } from '../e2e/harness.ts'
import { frames, type Frames, median, moves, pause } from './frames.ts'
import { add, line, open, rounds, sizes, windowSize } from './large-file.ts'

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

interface Followed {
  readonly fit: number
  readonly key: Awaited<ReturnType<typeof keystroke>>
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

function printFollowed(followed: ReadonlyMap<number, readonly Followed[]>): void {
  console.log('\ncanvas: ms to the whole in view, and from a key to its card; cards drawn for the key')
  line('stages', 'fit', 'keystroke', 'cards drawn')
  for (const [count, measured] of followed) {
    const [fit, time] = [median(measured.map(each => each.fit)), median(measured.map(({ key }) => key.time))]
    line(count, fit, time, Math.max(...measured.map(({ key }) => key.cards)))
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
    const moved = new Map<string, Frames[]>()
    const followed = new Map<number, Followed[]>()
    for (let round = 0; round < rounds; round++) {
      for (const count of sizes) {
        await page.bringToFront()
        await pause(page)
        await open(page, count)
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
        add(followed, count, { fit, key })
      }
    }
    printFrames(moved)
    printFollowed(followed)
  } finally {
    await browser.close()
    await host.stop()
    await workshop.remove()
  }
}

if (existsSync(process.env['CHROME_PATH'] ?? '/usr/bin/chromium')) await measure()
else console.log('\ncanvas: not measured, as there is no browser. CHROME_PATH names one.')
