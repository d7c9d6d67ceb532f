import type { Viewport } from '@xyflow/react'
import type { Point } from '../../shared/graph/layout.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export type Rectangle = Point & Size

export const zoomLimits = { smallest: 0.05, largest: 2, whole: 0.45, readable: 0.8 } as const
/** What can be read: all, all but steps, names alone. */
export type ZoomLevel = 'near' | 'middle' | 'far'
const levels = { middleBelow: 0.55, farBelow: 0.42 }

export function zoomLevel(zoom: number): ZoomLevel {
  return zoom < levels.farBelow ? 'far' : zoom < levels.middleBelow ? 'middle' : 'near'
}

const margin = 24
/** Height that the toolbar takes at the top. */
const toolbarSpace = 56

/** What the small map takes of the corner at the bottom right, with air around it. */
const mapSpace = { width: 192, height: 136 }

/** So many cards make the small map worth its space; in a smaller pane it would lie over cards that are looked at. */
export function hasMap(cards: number, pane: Size): boolean {
  return cards >= 13 && Math.min(pane.width, pane.height) >= 480
}

export function boundsOf(rectangles: readonly Rectangle[]): Rectangle | null {
  if (rectangles.length === 0) return null
  let [x, y, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const each of rectangles) {
    x = Math.min(x, each.x)
    y = Math.min(y, each.y)
    right = Math.max(right, each.x + each.width)
    bottom = Math.max(bottom, each.y + each.height)
  }
  return { x, y, width: right - x, height: bottom - y }
}

export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}

export function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

/** The part of the graph that is seen on so many pixels of the screen. */
export function areaOf({ x, y, zoom }: Viewport, { width, height }: Size): Rectangle {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}

/** How far out the wheel goes: to a small part of the window, or to where the whole of a large graph is in view. */
export function smallestZoom(bounds: Rectangle | null): number {
  return Math.min(zoomLimits.smallest, 400 / (bounds?.width ?? 1), 300 / (bounds?.height ?? 1))
}

/** Shows the whole graph, never larger than life. */
export function fitted(bounds: Rectangle, pane: Size, smallest = 0): Viewport {
  const room = { width: pane.width - 2 * margin, height: pane.height - toolbarSpace - margin }
  const zoom = Math.max(smallest, Math.min(1, room.width / bounds.width, room.height / bounds.height))
  const free = { x: room.width - bounds.width * zoom, y: room.height - bounds.height * zoom }
  return {
    x: margin + Math.max(0, free.x / 2) - bounds.x * zoom,
    y: toolbarSpace + Math.max(0, free.y / 2) - bounds.y * zoom,
    zoom,
  }
}

/** What a newly opened file shows: all of it where names can still be read, else what is around `focus`, steps and all. */
export function firstViewport(rectangles: readonly Rectangle[], pane: Size, focus: Rectangle | null): Viewport | null {
  const bounds = boundsOf(rectangles)
  if (bounds === null) return null
  const whole = fitted(bounds, pane)
  if (whole.zoom >= zoomLimits.whole) return whole
  const zoom = zoomLimits.readable
  /** The offset that shows a centre at `wanted`, but no empty space beyond the graph; all of it in the middle where it fits. */
  const offset = (centre: number, wanted: number, [start, length]: Span, [from, to]: Span): number => {
    const [least, most] = [to - (start + length) * zoom, from - start * zoom]
    return least > most ? (least + most) / 2 : Math.max(least, Math.min(most, wanted - centre * zoom))
  }
  const shown = focus ?? bounds
  // Right of the middle, since what a stage takes from stands left of it.
  const x = offset(shown.x + shown.width / 2, pane.width * 0.7, [bounds.x, bounds.width], [margin, pane.width - margin])
  const y = offset(
    shown.y + shown.height / 2,
    (toolbarSpace + pane.height) / 2,
    [bounds.y, bounds.height],
    [toolbarSpace, pane.height - margin],
  )
  return hasMap(rectangles.length, pane) ? clearOfMap(shown, { x, y, zoom }, pane) : { x, y, zoom }
}

/** Shows a card above the small map or beside it, whichever is nearer and has room. */
export function clearOfMap(shown: Rectangle, viewport: Viewport, pane: Size): Viewport {
  const { x, y, zoom } = viewport
  const right = (shown.x + shown.width) * zoom + x - (pane.width - mapSpace.width)
  const below = (shown.y + shown.height) * zoom + y - (pane.height - mapSpace.height)
  if (right <= 0 || below <= 0) return viewport
  const fitsAbove = shown.y * zoom + y - below >= toolbarSpace
  const fitsBeside = shown.x * zoom + x - right >= margin / 2
  if (fitsAbove && (below <= right || !fitsBeside)) return { x, y: y - below, zoom }
  return fitsBeside ? { x: x - right, y, zoom } : viewport
}

/** Another zoom around the middle of the pane. */
export function zoomed({ x, y, zoom }: Viewport, to: number, pane: Size): Viewport {
  const along = (offset: number, length: number) => length / 2 - ((length / 2 - offset) * to) / zoom
  return { x: along(x, pane.width), y: along(y, pane.height), zoom: to }
}

type Span = readonly [number, number]

/** The viewport moved as little as brings `shown` into view, at the same zoom; the same object where it is in view. */
export function revealing(shown: Rectangle, viewport: Viewport, pane: Size): Viewport {
  const { zoom } = viewport
  const shift = (start: number, length: number, offset: number, room: number, before: number): number => {
    const from = start * zoom + offset
    const to = from + length * zoom
    if (from >= before && to <= room - margin / 2) return 0
    return from < before || to - from > room - before - margin ? before - from : room - margin - to
  }
  const x = shift(shown.x, shown.width, viewport.x, pane.width, margin / 2)
  const y = shift(shown.y, shown.height, viewport.y, pane.height, toolbarSpace)
  return x === 0 && y === 0 ? viewport : { x: viewport.x + x, y: viewport.y + y, zoom }
}
