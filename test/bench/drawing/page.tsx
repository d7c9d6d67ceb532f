import { createRoot, type Root } from 'react-dom/client'
import { analyze, type Analysis } from '../../../shared/analysis.ts'
import type { Placement } from '../../../shared/drawing/placement.ts'
import { beginDrawing } from '../../../renderer/graph/head-start.ts'
import { NaiveCanvas, placesOf } from './naive.tsx'
import { OwnCanvas } from './own.tsx'

export interface CanvasProps {
  readonly analysis: Analysis
  /** Where the cards stand; found by the canvas where it is empty. */
  readonly placement: Placement
  /** The graph is on the screen. */
  readonly onDrawn: () => void
}

const canvases = { own: OwnCanvas, naive: NaiveCanvas }
export type CanvasKind = keyof typeof canvases
export type Draw = typeof draw
const nowhere: Placement = new Map()
let root: Root | null = null

/** Milliseconds from a text to its graph on the screen; `isPlaced`, as when a file is opened again whose places are kept. */
async function draw(kind: CanvasKind, text: string, isPlaced: boolean): Promise<number> {
  root?.unmount()
  const element = document.getElementById('root')
  if (element === null) throw new Error('The page has no #root.')
  root = createRoot(element)
  const created = root
  const Canvas = canvases[kind]
  const placement = isPlaced ? placesOf(analyze(text)) : nowhere
  await new Promise(resolve => void requestIdleCallback(resolve, { timeout: 2_000 }))
  const started = performance.now()
  const analysis = analyze(text)
  // As the window does.
  if (kind === 'own') beginDrawing(analysis, placement)
  await new Promise<void>(resolve =>
    created.render(<Canvas analysis={analysis} placement={placement} onDrawn={resolve} />),
  )
  await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
  return performance.now() - started
}

Object.assign(window, { draw })
