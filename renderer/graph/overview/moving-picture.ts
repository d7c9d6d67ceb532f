import type { Viewport } from '@xyflow/react'
import { areaOf, contains, overlaps, type Rectangle, type Size } from '../viewport.ts'
import type { Brush } from './paint.ts'
import { onLooksChange, readPalette, type Palette } from './palette.ts'

/** A picture of what lies around the view, on canvases that fill their parent and lie above each other. */
export interface MovingPicture {
  readonly paint: () => void
  readonly paintSoon: () => void
  /** Moves what is painted with the view. */
  readonly look: (viewport: Viewport) => void
  /** To paint on one of the canvases where it is now. */
  readonly brushFor: (canvas: HTMLCanvasElement) => Brush | null
  /** The same, with all that was there wiped away. */
  readonly cleanBrushFor: (canvas: HTMLCanvasElement) => Brush | null
  /** What of the graph has a place on the canvases. */
  readonly area: () => Rectangle
  readonly destroy: () => void
}

interface Painting {
  /** Beyond them there is nothing to paint; null where there is nothing at all. */
  readonly bounds: () => Rectangle | null
  readonly paint: () => void
}

/** Pixels painted beyond each side, so that a small movement uncovers nothing. */
const padding = 160
/** Milliseconds without movement after which the picture is painted sharp. */
const rest = 120
const furthestStretch = 2

/**
 * Paints once and then moves the picture: panning and zooming cost the same however much is on it. Painted anew at rest,
 * and where a movement uncovers what was not painted.
 */
export function createMovingPicture(
  canvases: readonly HTMLCanvasElement[],
  start: Viewport,
  painting: Painting,
): MovingPicture {
  const parent = canvases[0]?.parentElement ?? null
  let viewport = start
  let painted = start
  let palette: Palette | null = null
  let size: Size = { width: 0, height: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined
  let cost = { spent: 0, ended: 0 }
  let frame = 0

  const brushFor = (canvas: HTMLCanvasElement): Brush | null => {
    const context = canvas.getContext('2d')
    if (context === null) return null
    palette ??= readPalette(context)
    const { x, y, zoom } = painted
    const density = window.devicePixelRatio
    const scale = zoom * density
    context.setTransform(scale, 0, 0, scale, (x + padding) * density, (y + padding) * density)
    return { context, palette, zoom, pixel: 1 / zoom }
  }

  const paint = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    frame = 0
    const started = performance.now()
    painted = viewport
    size = { width: parent?.clientWidth ?? 0, height: parent?.clientHeight ?? 0 }
    for (const canvas of canvases) resize(canvas, size)
    painting.paint()
    place()
    const ended = performance.now()
    cost = { spent: ended - started, ended }
  }

  const paintSoon = () => {
    if (frame === 0) frame = requestAnimationFrame(paint)
  }

  const area = () =>
    areaOf(
      { x: painted.x + padding, y: painted.y + padding, zoom: painted.zoom },
      { width: size.width + 2 * padding, height: size.height + 2 * padding },
    )

  const place = () => {
    const stretch = viewport.zoom / painted.zoom
    const [x, y] = [viewport.x - painted.x * stretch, viewport.y - painted.y * stretch]
    for (const canvas of canvases) canvas.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`
  }

  const isUncovered = () => {
    const seen = areaOf(viewport, size)
    const bounds = painting.bounds()
    const stretch = viewport.zoom / painted.zoom
    if (bounds === null || !overlaps(seen, bounds)) return false
    const needed = intersection(seen, bounds)
    return stretch > furthestStretch || stretch < 1 / furthestStretch || !contains(area(), needed)
  }

  const stopListening = onLooksChange(() => {
    palette = null
    paintSoon()
  })
  const observer = new ResizeObserver(paintSoon)
  if (parent !== null) observer.observe(parent)

  return {
    paint,
    paintSoon,
    brushFor,
    cleanBrushFor(canvas) {
      const brush = brushFor(canvas)
      const { x, y, width, height } = area()
      brush?.context.clearRect(x, y, width, height)
      return brush
    },
    area,
    look(next) {
      if (next.x === viewport.x && next.y === viewport.y && next.zoom === viewport.zoom) return
      viewport = next
      clearTimeout(timer)
      // Movements that uncover something in every frame get no more than a third of the time.
      if (isUncovered() && performance.now() - cost.ended > 2 * cost.spent) paint()
      else {
        place()
        timer = setTimeout(paint, rest)
      }
    },
    destroy() {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      observer.disconnect()
      stopListening()
    },
  }
}

function resize(canvas: HTMLCanvasElement, size: Size): void {
  const [width, height] = [size.width + 2 * padding, size.height + 2 * padding]
  const density = window.devicePixelRatio
  const [columns, rows] = [Math.round(width * density), Math.round(height * density)]
  if (canvas.width !== columns) canvas.width = columns
  if (canvas.height !== rows) canvas.height = rows
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  canvas.style.left = canvas.style.top = `${-padding}px`
  canvas.style.transformOrigin = `${padding}px ${padding}px`
}

function intersection(a: Rectangle, b: Rectangle): Rectangle {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)]
  return { x, y, width: right - x, height: bottom - y }
}
