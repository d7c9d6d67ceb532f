/**
 * The files of a stage in a real browser, and the walk through a build context: 1,000 of them beside 200,000. Needs an engine
 * (DOCKER_HOST, or the usual socket).
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { listContext } from '../../electron/host/documents/context-listing.ts'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { folderOf } from '../engine/building.ts'
import { launchBrowser, openWindow, openWorkshop, startHost } from '../e2e/harness.ts'
import { frames, median, moves, pause } from './frames.ts'

const sizes = (process.env['SLIPWAY_BENCH_FILES'] ?? '1000 200000').split(' ').map(Number)
const rounds = Number(process.env['SLIPWAY_BENCH_ROUNDS'] ?? 3)

/** From a key in the search field to the frame that shows how many names match. */
async function search(page: Page, letter: string): Promise<number> {
  const pressing = await page.evaluateHandle(() => {
    const found = () => document.querySelector('.files-found')?.textContent ?? ''
    const before = found()
    const pressed = new Promise<number>(resolve =>
      addEventListener('keydown', () => resolve(performance.now()), { once: true, capture: true }),
    )
    const shown = async () => {
      const began = await pressed
      while (found() === before) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      return performance.now() - began
    }
    return { shown: shown() }
  })
  await page.keyboard.press(letter)
  return pressing.evaluate(({ shown }) => shown)
}

async function measureWindow(count: number) {
  const workshop = await openWorkshop()
  const text = `FROM ${baseImage} AS many\nRUN mkdir /f && cd /f && seq 1 ${String(count)} | xargs touch\n`
  const path = await workshop.write('Dockerfile', text)
  const host = await startHost({ path, state: join(workshop.folder, 'state') })
  const browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const { page } = await openWindow(context, host.url)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByText(/^Built many in/).waitFor({ timeout: 300_000 })
  await page.getByRole('button', { name: 'Actions for many' }).click()
  await page.getByRole('menuitem', { name: 'Show files' }).click()
  await page.getByText(new RegExp(` files in \\d+ folders`)).waitFor({ timeout: 120_000 })
  await page
    .locator('.file-row')
    .filter({ has: page.getByText('f', { exact: true }) })
    .click()
  await page
    .locator('.file-row')
    .filter({ has: page.getByText('1', { exact: true }) })
    .waitFor()
  const box = await page.locator('.file-table').boundingBox()
  if (box === null) throw new Error('The files are not shown.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const scrolls = []
  const keys = []
  for (let round = 0; round < rounds; round++) {
    await pause(page)
    const wheel = async (down: number) => {
      for (let move = 0; move < moves; move++) await page.mouse.wheel(0, down)
    }
    scrolls.push(await frames(page, session, () => wheel(round % 2 === 0 ? 300 : -300)))
    await page.getByRole('searchbox', { name: 'Search files' }).fill('')
    await page.getByRole('searchbox', { name: 'Search files' }).focus()
    for (const letter of '77') {
      await pause(page)
      keys.push(await search(page, letter))
    }
    await page.getByRole('searchbox', { name: 'Search files' }).fill('')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  }
  await session.send('HeapProfiler.collectGarbage')
  // Columns of numbers lie beside the heap.
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  await browser.close()
  await host.stop()
  await workshop.remove()
  return {
    heap: (usedSize + backingStorageSize) / 1e6,
    frame: median(scrolls.map(({ p50 }) => p50)),
    slow: median(scrolls.map(({ p95 }) => p95)),
    main: median(scrolls.map(({ main }) => main)),
    key: median(keys),
  }
}

/** Milliseconds of a walk, of a plain one that knows no ignore file and stops the thread, and of the longest such stop. */
async function measureWalk(count: number) {
  const folder = folderOf({})
  for (let index = 0; index < count; index++) {
    if (index % 500 === 0) mkdirSync(join(folder, `d${String(index / 500)}`))
    writeFileSync(join(folder, `d${String(Math.floor(index / 500))}`, `f${String(index)}`), '')
  }
  const walks = []
  const plains = []
  const stops = []
  for (let round = 0; round < rounds; round++) {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    let listed = 0
    let began = performance.now()
    for await (const { entries } of listContext(folder, null, new AbortController().signal)) listed += entries.length
    walks.push(performance.now() - began)
    delay.disable()
    stops.push(delay.max / 1e6)
    if (listed < count) throw new Error(`Only ${String(listed)} were listed.`)
    began = performance.now()
    for (const path of readdirSync(folder, { recursive: true })) statSync(join(folder, String(path)))
    plains.push(performance.now() - began)
  }
  rmSync(folder, { recursive: true })
  return { walk: median(walks), plain: median(plains), stop: median(stops) }
}

await ensureBaseImage()
const row = (cells: readonly string[]) => console.log(cells.map(cell => cell.padStart(20)).join(''))
console.log('\nFiles of a stage in the window')
row(['files', 'heap, MB', 'frame p50, ms', 'frame p95, ms', 'main ms per wheel', 'search key, ms'])
for (const size of sizes) {
  const { heap, frame, slow, main, key } = await measureWindow(size)
  row([size.toLocaleString('en'), ...[heap, frame, slow, main, key].map(figure => figure.toFixed(1))])
}
console.log('\nWalk through a build context')
row(['files', 'walk, ms', '× plain walk', 'longest stop, ms'])
for (const size of sizes) {
  const { walk, plain, stop } = await measureWalk(size)
  row([size.toLocaleString('en'), walk.toFixed(0), (walk / plain).toFixed(2), stop.toFixed(1)])
}
