import type { Point } from '../graph/layout.ts'
import { around, meets, type Rectangle } from './detour.ts'

/** A straight stretch, or a curve with the two points that it bends towards. */
type Piece = readonly [Point, Point] | readonly [Point, Point, Point, Point]

const cornerRadius = 8
const samples = 16

/** Through points with growing x: level stretches, and curves from one height to another. */
export function curve(points: readonly Point[]): readonly Piece[] {
  return pairs(points).map(([a, b]) => {
    if (Math.abs(a.y - b.y) < 0.5) return [a, b]
    const reach = Math.max(16, (b.x - a.x) / 2)
    return [a, { x: a.x + reach, y: a.y }, { x: b.x - reach, y: b.y }, b]
  })
}

/** Straight through points, with rounded corners. */
export function rounded(points: readonly Point[]): readonly Piece[] {
  const pieces: Piece[] = []
  let [last] = points
  points.forEach((at, index) => {
    const [before, after] = [points[index - 1], points[index + 1]]
    if (last === undefined || before === undefined) return
    const [from, to] = after === undefined ? [at, at] : [toward(at, before), toward(at, after)]
    pieces.push([last, from])
    if (after !== undefined) pieces.push([from, at, at, to])
    last = to
  })
  return pieces
}

/** The point where the rounding of a corner begins or ends, at most half way to the next corner. */
function toward(corner: Point, next: Point): Point {
  const length = Math.hypot(next.x - corner.x, next.y - corner.y)
  const share = Math.min(cornerRadius / length, 0.5)
  return { x: corner.x + (next.x - corner.x) * share, y: corner.y + (next.y - corner.y) * share }
}

interface Returning {
  readonly pieces: readonly Piece[]
  readonly way: readonly Point[]
}

/** For an edge whose end lies to the left of its start: out, round below both cards, and back in. */
export function returning(start: Point, end: Point, from: Rectangle, to: Rectangle): Returning {
  const apart = to.y > from.y + from.height + 20 || from.y > to.y + to.height + 20
  const below = apart
    ? to.y > from.y
      ? (from.y + from.height + to.y) / 2
      : (to.y + to.height + from.y) / 2
    : Math.max(from.y + from.height, to.y + to.height) + 28
  const [right, left] = [start.x + 56, end.x - 56]
  const [turned, back] = [
    { x: start.x, y: below },
    { x: end.x, y: below },
  ]
  const pieces: readonly Piece[] = [
    [start, { x: right, y: start.y }, { x: right, y: below }, turned],
    [turned, back],
    [back, { x: left, y: below }, { x: left, y: end.y }, end],
  ]
  return { pieces, way: [start, { x: right, y: below }, { x: left, y: below }, end] }
}

/** As an SVG path. */
export function pathOf(pieces: readonly Piece[]): string {
  return pieces
    .map(([start, ...rest], index) => {
      const move = index === 0 ? `M${show(start)} ` : ''
      return `${move}${rest.length === 1 ? 'L' : 'C'}${rest.map(show).join(' ')}`
    })
    .join(' ')
}

/** Whether the line enters one of the cards by more than a pixel. */
export function enters(pieces: readonly Piece[], cards: readonly Rectangle[]): boolean {
  return pieces.some(piece => {
    // A line does not leave the rectangle around the points of its pieces.
    const space = around(piece)
    const near = cards.filter(card => overlaps(card, space))
    return near.length > 0 && pairs(along(piece)).some(([a, b]) => near.some(card => meets(a, b, card, -1)))
  })
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function along(piece: Piece): readonly Point[] {
  if (piece.length === 2) return piece
  const at = (t: number, axis: 'x' | 'y') => {
    const [a, b, c, d] = [piece[0][axis], piece[1][axis], piece[2][axis], piece[3][axis]]
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t ** 3 * d
  }
  return Array.from({ length: samples + 1 }, (_, step) => ({ x: at(step / samples, 'x'), y: at(step / samples, 'y') }))
}

function pairs(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.slice(1).flatMap((b, index) => {
    const a = points[index]
    return a === undefined ? [] : [[a, b] as const]
  })
}

/** As an SVG path writes a point. */
export function show({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`
}
