import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import {
  layOut,
  layoutTask,
  type LayoutFound,
  type PlacesFound,
  type WaysFound,
} from '../../shared/drawing/whole-layout.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { mostTries, restMilliseconds } from '../ui/load-part.ts'

/** Kept for the next large file, unless it is busy with what nobody waits for any more. */
let idle: Worker | null = null
let hasBegun = false

/** Has the thread come up before there is something to lay out: while the window is busy with a large file none does. */
export function prepareThread(): void {
  if (!hasBegun) startThread()
}

function startThread(): Worker {
  hasBegun = true
  if (idle !== null) return idle
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', () => {
    if (idle === worker) idle = null
  })
  idle = worker
  return worker
}

type Places = ReadonlyMap<string, Point>
type Tell = (found: PlacesFound | LayoutFound) => void

/** What is laid out before a canvas asks for it, and what was found meanwhile. */
interface Ahead {
  readonly model: GraphModel
  readonly known: Places
  readonly giveUp: () => void
  found: PlacesFound | LayoutFound | null
  tell: Tell | null
}

let ahead: Ahead | null = null

/** Begins what `layOutAside` will be asked for; what was begun before and not asked for is given up. */
export function layOutAhead(model: GraphModel, known: Places): void {
  ahead?.giveUp()
  const begun: Ahead = {
    model,
    known,
    found: null,
    tell: null,
    giveUp: layOutOn(model, known, found => {
      begun.found = found
      begun.tell?.(found)
    }),
  }
  ahead = begun
}

/** Lays out on another thread, so that typing goes on, or here where there is none; returns how to give it up. */
export function layOutAside(model: GraphModel, known: Places, tell: Tell): () => void {
  const begun = ahead
  ahead = null
  if (begun === null || begun.model !== model || !isSame(begun.known, known)) {
    begun?.giveUp()
    return layOutOn(model, known, tell)
  }
  begun.tell = tell
  if (begun.found !== null) tell(begun.found)
  return begun.giveUp
}

function isSame(a: Places, b: Places): boolean {
  return a.size === b.size && [...a].every(([key, place]) => b.get(key) === place)
}

function layOutOn(model: GraphModel, known: Places, tell: Tell): () => void {
  const task = layoutTask(model, known)
  let giveUp = () => {}
  const ask = (tries: number) => {
    const worker = startThread()
    idle = null
    const listening = new AbortController()
    giveUp = () => {
      listening.abort()
      worker.terminate()
    }
    let places: PlacesFound | null = null
    worker.addEventListener(
      'message',
      (event: MessageEvent<PlacesFound | WaysFound>) => {
        if (places === null && 'boxes' in event.data) {
          places = event.data
          tell(places)
          return
        }
        listening.abort()
        idle = worker
        // The cards are painted first: it takes a while to unpack a thousand ways, which happens when they are asked for.
        const soon = requestIdleCallback(() => places !== null && tell({ ...places, ...event.data }), { timeout: 500 })
        giveUp = () => cancelIdleCallback(soon)
      },
      listening,
    )
    worker.addEventListener(
      'error',
      event => {
        listening.abort()
        // No error of its own: the request for its script was dropped (`public/load-again.js`).
        if (!(event instanceof ErrorEvent) && tries < mostTries) {
          const again = setTimeout(() => ask(tries + 1), restMilliseconds)
          giveUp = () => clearTimeout(again)
          return
        }
        giveUp = () => {}
        tell(layOut(task))
      },
      listening,
    )
    worker.postMessage(task)
  }
  ask(1)
  return () => giveUp()
}
