import type { Viewport } from '@xyflow/react'
import type { Point } from '../../../shared/graph/layout.ts'
import type { EdgeId } from '../../../shared/graph/stage-graph.ts'
import type { Rectangle } from '../viewport.ts'
import { createMovingPicture, type MovingPicture } from './moving-picture.ts'
import { paintBlock, paintLine, paintRing, paintScene } from './paint.ts'
import type { Scene } from './scene.ts'

/** What stands out, and the block that is being moved with where it is now. */
export interface Highlights {
  readonly over: string | null
  readonly selected: ReadonlySet<string>
  readonly selectedEdge: EdgeId | null
  readonly moving: { readonly key: string; readonly at: Point } | null
}

export interface Bitmap extends Pick<MovingPicture, 'look' | 'destroy'> {
  readonly show: (scene: Scene) => void
  readonly highlight: (highlights: Highlights) => void
}

/** A moving picture of a scene: `ground` bears the scene, `top` what stands out. */
export function createBitmap(ground: HTMLCanvasElement, top: HTMLCanvasElement, first: Scene, start: Viewport): Bitmap {
  let scene = first
  let highlights: Highlights = { over: null, selected: new Set(), selectedEdge: null, moving: null }

  const paintTop = () => {
    const brush = picture.cleanBrushFor(top)
    if (brush === null) return
    const { over, selected, selectedEdge, moving } = highlights
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

  const picture = createMovingPicture([ground, top], start, {
    bounds: () => scene.bounds,
    paint() {
      const brush = picture.cleanBrushFor(ground)
      if (brush !== null) paintScene(brush, scene, picture.area(), highlights.moving?.key ?? null)
      paintTop()
    },
  })
  picture.paint()

  return {
    look: picture.look,
    destroy: picture.destroy,
    show(next) {
      if (next === scene) return
      const before = scene
      scene = next
      const changed = next.blocks.filter(block => before.blockOf.get(block.key) !== block)
      const inPlace = changed.every(block => isSamePlace(before.blockOf.get(block.key), block))
      const sameLines =
        next.lines.length === before.lines.length && next.lines.every((each, at) => each === before.lines[at])
      const brush =
        inPlace && sameLines && next.blocks.length === before.blocks.length ? picture.brushFor(ground) : null
      // Typing in one stage paints its block alone.
      if (brush !== null && changed.length <= 20) for (const block of changed) paintBlock(brush, block)
      else picture.paintSoon()
      paintTop()
    },
    highlight(next) {
      const isLifted = next.moving?.key !== highlights.moving?.key
      highlights = next
      if (isLifted) picture.paint()
      else paintTop()
    },
  }
}

function isSamePlace(a: Rectangle | undefined, b: Rectangle): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}
