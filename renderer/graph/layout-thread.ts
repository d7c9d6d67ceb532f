import { layOut, type LayoutFound, type LayoutTask, type PlacesFound } from '../../shared/drawing/whole-layout.ts'
import { mostTries, restMilliseconds } from '../ui/load-part.ts'

/** Kept for the next large file, unless it is busy with what nobody waits for any more. */
let idle: Worker | null = null

/** Has a thread come up while what it is to lay out is still being worked out. */
export function startThread(): Worker {
  if (idle !== null) return idle
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', () => {
    if (idle === worker) idle = null
  })
  idle = worker
  return worker
}

/** Lays out on another thread, so that typing goes on, or here where there is none; returns how to give it up. */
export function layOutAside(task: LayoutTask, tell: (found: PlacesFound | LayoutFound) => void): () => void {
  const waiting = new AbortController()
  const { signal } = waiting
  let giveUp = () => {}
  const ask = (tries: number) => {
    const worker = startThread()
    idle = null
    giveUp = () => worker.terminate()
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<PlacesFound | LayoutFound>) => {
        if ('routes' in data) {
          waiting.abort()
          idle = worker
        }
        tell(data)
      },
      { signal },
    )
    worker.addEventListener(
      'error',
      event => {
        // No error of its own: the request for its script was dropped (`public/load-again.js`).
        if (!(event instanceof ErrorEvent) && tries < mostTries) {
          const again = setTimeout(() => ask(tries + 1), restMilliseconds)
          giveUp = () => clearTimeout(again)
          return
        }
        waiting.abort()
        tell(layOut(task))
      },
      { signal },
    )
    worker.postMessage(task)
  }
  ask(1)
  return () => {
    if (!signal.aborted) giveUp()
    waiting.abort()
  }
}
