import { layOut, type LayoutFound, type LayoutTask, type PlacesFound } from '../../shared/drawing/whole-layout.ts'

/** Kept for the next large file, unless it is busy with what nobody waits for any more. */
let idle: Worker | null = null

/** Lays out on another thread, so that typing goes on, or here where there is none; returns how to give it up. */
export function layOutAside(task: LayoutTask, tell: (found: PlacesFound | LayoutFound) => void): () => void {
  const worker = idle ?? new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
  idle = null
  const waiting = new AbortController()
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<PlacesFound | LayoutFound>) => {
      if ('routes' in data) {
        waiting.abort()
        idle = worker
      }
      tell(data)
    },
    { signal: waiting.signal },
  )
  worker.addEventListener(
    'error',
    () => {
      waiting.abort()
      tell(layOut(task))
    },
    { signal: waiting.signal },
  )
  worker.postMessage(task)
  return () => {
    if (!waiting.signal.aborted) worker.terminate()
    waiting.abort()
  }
}
