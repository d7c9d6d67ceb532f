import type { Viewport } from '@xyflow/react'
import type { Point } from '../../../shared/graph/layout.ts'
import type { EdgeId } from '../../../shared/graph/stage-graph.ts'
import { areaOf, contains, overlaps, type Rectangle, type Size } from '../viewport.ts'
import { paintBlock, paintLine, paintRing, paintScene, type Brush } from './paint.ts'
import { onLooksChange, readPalette, type Palette } from './palette.ts'
import type { Scene } from './scene.ts'

/** What stands out, and the block that is being moved with where it is now. */
export interface Highlights {
  readonly over: string | null
  readonly selected: ReadonlySet<string>
  readonly selectedEdge: EdgeId | null
  readonly moving: { readonly key: string; readonly at: Point } | null
}

export interface Bitmap {
  readonly show: (scene: Scene) => void
  readonly look: (viewport: Viewport) => void
  readonly highlight: (highlights: Highlights) => void
  readonly destroy: () => void
}

/** Pixels painted beyond each side, so that a small movement uncovers nothing. */
const padding = 160
/** Milliseconds without movement after which the bitmap is painted sharp. */
const rest = 120
const furthestStretch = 2

/**
 * Paints a scene once and then moves the picture: panning and zooming cost the same for any number of blocks. Painted
 * anew at rest, and where a movement uncovers what was not painted. `ground` bears the scene, `top` what stands out.
 */
export function createBitmap(ground: HTMLCanvasElement, top: HTMLCanvasElement, first: Scene, start: Viewport): Bitmap {
  let scene = first
  let viewport = start
  let painted = start
  let highlights: Highlights = { over: null, selected: new Set(), selectedEdge: null, moving: null }
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

  const paintGround = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    frame = 0
    const started = performance.now()
    const parent = ground.parentElement
    painted = viewport
    size = { width: parent?.clientWidth ?? 0, height: parent?.clientHeight ?? 0 }
    for (const canvas of [ground, top]) resize(canvas, size)
    const brush = brushFor(ground)
    if (brush !== null) {
      const area = paintedArea()
      brush.context.clearRect(area.x, area.y, area.width, area.height)
      paintScene(brush, scene, area, highlights.moving?.key ?? null)
    }
    paintTop()
    place()
    const ended = performance.now()
    cost = { spent: ended - started, ended }
  }

  const paintSoon = () => {
    if (frame === 0) frame = requestAnimationFrame(paintGround)
  }

  const paintTop = () => {
    const brush = brushFor(top)
    if (brush === null) return
    const area = paintedArea()
    const { over, selected, selectedEdge, moving } = highlights
    brush.context.clearRect(area.x, area.y, area.width, area.height)
    for (const line of scene.lines) {
      const isSelected = line.edge.edges.some(edge => edge === selectedEdge)
      if (isSelected || (moving === null && over !== null && (line.edge.from === over || line.edge.to === over)))
        paintLine(brush, line, isSelected ? 3 : 2.25)
      else if (moving !== null && (line.edge.from === moving.key || line.edge.to === moving.key))
        paintLine(brush, { ...line, path: straight(line.edge.from, line.edge.to) }, 1.5)
    }
    const [pointed, moved] = [over, moving?.key].map(key => blockNow(key ?? null))
    const chosen = [...selected].map(blockNow)
    // What lies below the emphasised lines is painted again, above them.
    for (const block of new Set([...chosen, pointed, moved])) if (block) paintBlock(brush, block)
    if (pointed) paintRing(brush, pointed, 'var(--line-strong)', 1.5)
    for (const block of chosen) if (block) paintRing(brush, block, 'var(--accent)', 3)
    if (moved) paintRing(brush, moved, 'var(--accent)', 2)
  }

  const blockNow = (key: string | null) => {
    const block = key === null ? undefined : scene.blockOf.get(key)
    if (block === undefined) return null
    return highlights.moving?.key === key ? { ...block, ...highlights.moving.at } : block
  }

  const straight = (from: string, to: string): Path2D => {
    const path = new Path2D()
    const [a, b] = [blockNow(from), blockNow(to)]
    if (a === null || b === null) return path
    const reach = Math.max(30, Math.abs(b.x - a.x - a.width) / 2)
    const [right, y, end] = [a.x + a.width, a.y + Math.min(20, a.height / 2), b.y + Math.min(20, b.height / 2)]
    path.moveTo(right, y)
    path.bezierCurveTo(right + reach, y, b.x - reach, end, b.x, end)
    return path
  }

  const paintedArea = () =>
    areaOf(
      { x: painted.x + padding, y: painted.y + padding, zoom: painted.zoom },
      { width: size.width + 2 * padding, height: size.height + 2 * padding },
    )

  const place = () => {
    const stretch = viewport.zoom / painted.zoom
    const [x, y] = [viewport.x - painted.x * stretch, viewport.y - painted.y * stretch]
    for (const canvas of [ground, top]) canvas.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`
  }

  const isUncovered = () => {
    const seen = areaOf(viewport, size)
    const stretch = viewport.zoom / painted.zoom
    if (scene.bounds === null || !overlaps(seen, scene.bounds)) return false
    const needed = intersection(seen, scene.bounds)
    return stretch > furthestStretch || stretch < 1 / furthestStretch || !contains(paintedArea(), needed)
  }

  const stopListening = onLooksChange(() => {
    palette = null
    paintSoon()
  })
  const observer = new ResizeObserver(paintSoon)
  if (ground.parentElement !== null) observer.observe(ground.parentElement)
  paintGround()

  return {
    show(next) {
      if (next === scene) return
      const before = scene
      scene = next
      const changed = next.blocks.filter(block => before.blockOf.get(block.key) !== block)
      const inPlace = changed.every(block => isSamePlace(before.blockOf.get(block.key), block))
      const sameLines =
        next.lines.length === before.lines.length && next.lines.every((each, at) => each === before.lines[at])
      const brush = inPlace && sameLines && next.blocks.length === before.blocks.length ? brushFor(ground) : null
      // Typing in one stage paints its block alone.
      if (brush !== null && changed.length <= 20) for (const block of changed) paintBlock(brush, block)
      else paintSoon()
      paintTop()
    },
    look(next) {
      if (next.x === viewport.x && next.y === viewport.y && next.zoom === viewport.zoom) return
      viewport = next
      clearTimeout(timer)
      // Movements that uncover something in every frame get no more than a third of the time.
      if (isUncovered() && performance.now() - cost.ended > 2 * cost.spent) paintGround()
      else {
        place()
        timer = setTimeout(paintGround, rest)
      }
    },
    highlight(next) {
      const isLifted = next.moving?.key !== highlights.moving?.key
      highlights = next
      if (isLifted) paintGround()
      else paintTop()
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

function isSamePlace(a: Rectangle | undefined, b: Rectangle): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

function intersection(a: Rectangle, b: Rectangle): Rectangle {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)]
  return { x, y, width: right - x, height: bottom - y }
}
