import type { CDPSession, Page } from 'playwright-core'

/** Of which a gesture is made. */
export const moves = 60

export interface Frames {
  /** Milliseconds between frames: half of them took at most `p50`, all but one in twenty at most `p95`. */
  readonly p50: number
  readonly p95: number
  /** Processor time for each movement, of the page's main thread and of all its threads, those that paint among them. */
  readonly main: number
  readonly all: number
}

export const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** How smoothly the page draws while a gesture of so many moves is made. */
export async function frames(page: Page, session: CDPSession, gesture: () => Promise<void>): Promise<Frames> {
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (wanted: string) => 1_000 * (metrics.find(({ name }) => name === wanted)?.value ?? NaN)
    return { main: of('TaskDuration'), all: of('ProcessTime') }
  }
  const recorder = await page.evaluateHandle(() => {
    const times: number[] = []
    let handle = requestAnimationFrame(function next(now) {
      times.push(now)
      handle = requestAnimationFrame(next)
    })
    return { times, stop: () => cancelAnimationFrame(handle) }
  })
  const before = await spent()
  await gesture()
  const after = await spent()
  const times = await recorder.evaluate(({ times, stop }) => {
    stop()
    return times
  })
  const lengths = times.slice(1).map((time, at) => time - (times[at] ?? time))
  lengths.sort((a, b) => a - b)
  const share = (part: number) => lengths[Math.floor((lengths.length - 1) * part)] ?? 0
  const [main, all] = [(after.main - before.main) / moves, (after.all - before.all) / moves]
  return { p50: share(0.5), p95: share(0.95), main, all }
}

/** Until what a gesture set off has ended. */
export async function pause(page: Page): Promise<void> {
  await page.waitForTimeout(400)
  await page.evaluate(() => new Promise(resolve => void requestIdleCallback(resolve, { timeout: 2_000 })))
}
