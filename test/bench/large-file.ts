import type { Page } from 'playwright-core'

/** Stages of eight instructions; each begins from an earlier one, and every third copies from a neighbour. */
export function dockerfile(stages: number): string {
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

export const windowSize = { width: 1600, height: 900 }
/** Every figure is the median of so many, each with all sizes in turn: other work on the machine meets all of them. */
export const rounds = Number(process.env['SLIPWAY_BENCH_ROUNDS'] ?? 3)
export const sizes = (process.env['SLIPWAY_BENCH_STAGES'] ?? '50 260 1000 5000').split(' ').map(Number)

/** Drops a file into the window; the time until its graph is on the screen: cards with edges, or the picture of all. */
export function open(page: Page, stages: number): Promise<number> {
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

const cell = (value: number | string, width = 11) =>
  (typeof value === 'number' ? value.toFixed(value < 10 ? 1 : 0) : value).padStart(width)
export const line = (...cells: readonly (number | string)[]) => console.log(cells.map(each => cell(each)).join(''))

export function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  lists.set(key, [...(lists.get(key) ?? []), value])
}
