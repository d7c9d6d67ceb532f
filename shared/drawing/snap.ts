import type { Point } from '../graph/layout.ts'

interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}

/** A line along which what is moved stands with another card: at `at` on its axis, between two places on the other. */
export interface HelperLine {
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}

interface Snapped {
  /** What it has to be moved by. */
  readonly shift: Point
  readonly lines: readonly HelperLine[]
}

const grid = 8
/** Cards further away than this are none to align with. */
const nearby = 640

/** Aligns edges or centres with a card near by, within `reach` pixels of the canvas; else with the grid. */
export function snapped(moving: Rectangle, others: readonly Rectangle[], reach: number): Snapped {
  const near = others.filter(
    other =>
      other.x < moving.x + moving.width + nearby &&
      moving.x < other.x + other.width + nearby &&
      other.y < moving.y + moving.height + nearby &&
      moving.y < other.y + other.height + nearby,
  )
  const shift = { x: shiftAlong('x', moving, near, reach), y: shiftAlong('y', moving, near, reach) }
  const moved = { ...moving, x: moving.x + shift.x, y: moving.y + shift.y }
  return { shift, lines: [...linesAlong('x', moved, near), ...linesAlong('y', moved, near)] }
}

type Axis = HelperLine['axis']

function shiftAlong(axis: Axis, moving: Rectangle, others: readonly Rectangle[], reach: number): number {
  let least: number | null = null
  for (const other of others)
    for (const [a, b] of pairs(axis, moving, other)) {
      const distance = Math.abs(b - a)
      if (distance <= reach && (least === null || distance < Math.abs(least))) least = b - a
    }
  return least ?? Math.round(moving[axis] / grid) * grid - moving[axis]
}

function linesAlong(axis: Axis, moved: Rectangle, others: readonly Rectangle[]): readonly HelperLine[] {
  const across: Axis = axis === 'x' ? 'y' : 'x'
  const lines = new Map<number, HelperLine>()
  for (const other of others)
    for (const [a, b] of pairs(axis, moved, other)) {
      if (Math.abs(a - b) > 0.01) continue
      const known = lines.get(b)
      const ends = [moved, other].flatMap(each => [start(across, each), end(across, each)])
      lines.set(b, {
        axis,
        at: b,
        from: Math.min(known?.from ?? Infinity, ...ends),
        to: Math.max(known?.to ?? -Infinity, ...ends),
      })
    }
  return [...lines.values()]
}

/** What can be aligned: edges with edges, centres with centres. */
function pairs(axis: Axis, a: Rectangle, b: Rectangle): readonly (readonly [number, number])[] {
  const [startA, endA, startB, endB] = [start(axis, a), end(axis, a), start(axis, b), end(axis, b)]
  return [
    [startA, startB],
    [endA, endB],
    [(startA + endA) / 2, (startB + endB) / 2],
    [startA, endB],
    [endA, startB],
  ]
}

function start(axis: Axis, rectangle: Rectangle): number {
  return rectangle[axis]
}

function end(axis: Axis, { x, y, width, height }: Rectangle): number {
  return axis === 'x' ? x + width : y + height
}
