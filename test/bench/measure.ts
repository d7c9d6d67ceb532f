/** A sample is so many runs that it takes this long: each bears its share of clearing memory, however short it is. */
const sampleMilliseconds = 25

/** Processor time of one run in milliseconds: the median of many samples after warming up, so that other work counts for little. */
export function milliseconds(run: () => unknown, budget = 1_000): number {
  const start = performance.now()
  let warm = 0
  while (warm < 10 || performance.now() < start + budget * 0.3) {
    run()
    warm++
  }
  const runs = Math.max(1, Math.round((sampleMilliseconds * warm) / (performance.now() - start)))
  const times: number[] = []
  const until = performance.now() + budget
  while (times.length < 7 || (performance.now() < until && times.length < 200)) {
    const before = process.cpuUsage()
    for (let count = 0; count < runs; count++) run()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1_000 / runs)
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1] ?? Infinity
}

export interface Size {
  readonly size: number
  /** The thing measured. */
  readonly run: () => unknown
  /** Something simple over the same input, that the thing is compared with. */
  readonly yardstick?: () => unknown
}

/** Prints one line per size: time, times the yardstick, and how much time grows where the size doubles. */
export function printSizes(title: string, yardstick: string | null, sizes: readonly Size[]): void {
  console.log(`\n${title}`)
  console.log(
    ['size', 'ms', yardstick === null ? '' : `× ${yardstick}`, '× per doubling']
      .map(cell => cell.padStart(24))
      .join(''),
  )
  let before: { readonly size: number; readonly time: number } | null = null
  for (const { size, run, yardstick: simple } of sizes) {
    const time = milliseconds(run)
    const growth = before === null ? '' : Math.pow(time / before.time, 1 / Math.log2(size / before.size)).toFixed(2)
    const ratio = simple === undefined ? '' : (time / milliseconds(simple)).toFixed(0)
    console.log([size.toLocaleString('en'), time.toFixed(2), ratio, growth].map(cell => cell.padStart(24)).join(''))
    before = { size, time }
  }
}
