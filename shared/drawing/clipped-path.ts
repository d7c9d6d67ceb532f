import type { Point } from '../graph/layout.ts'
import type { Rectangle } from './detour.ts'
import { show } from './edge-path.ts'

/** The points of a straight stretch, or of a curve with those that it bends towards. */
type Stretch = readonly Point[]

const samples = 64
const origin: Point = { x: 0, y: 0 }

/**
 * What of a path of `pathOf` comes near an area, in the same notation; empty where nothing does. A line as long as the
 * graph costs no more to draw than what is seen of it.
 */
export function clippedPath(path: string, area: Rectangle): string {
  let end = ''
  return stretchesOf(path)
    .map(stretch => partIn(stretch, area))
    .filter(part => part !== null)
    .map(part => {
      const [start = '', ...rest] = part.map(show)
      const move = start === end ? '' : `M${start} `
      end = rest.at(-1) ?? ''
      return `${move}${rest.length === 1 ? 'L' : 'C'}${rest.join(' ')}`
    })
    .join(' ')
}

function stretchesOf(path: string): readonly (readonly Point[])[] {
  let [last]: Point[] = []
  return [...path.matchAll(/([MLC])([^MLC]+)/g)].flatMap(([, letter, words = '']) => {
    const points = words.trim().split(' ').map(pointOf)
    const stretch = last === undefined || letter === 'M' ? [] : [[last, ...points]]
    last = points.at(-1)
    return stretch
  })
}

function pointOf(words: string): Point {
  const [x = 0, y = 0] = words.split(',').map(Number)
  return { x, y }
}

/** From the last of its samples before the area to the first after it. */
function partIn(stretch: Stretch, area: Rectangle): Stretch | null {
  if (!spans(stretch, area)) return null
  const at = Array.from({ length: samples + 1 }, (_, step) => pointAt(stretch, step / samples))
  const inside = at.slice(1).map((point, step) => spans([at[step] ?? point, point], area))
  const [from, to] = [inside.indexOf(true), inside.lastIndexOf(true) + 1]
  if (from < 0) return null
  if (from === 0 && to === samples) return stretch
  const begun = split(stretch, to / samples).before
  return split(begun, from / to).after
}

/** Whether the rectangle around points meets the area. */
function spans(points: readonly Point[], { x, y, width, height }: Rectangle): boolean {
  const [xs, ys] = [points.map(point => point.x), points.map(point => point.y)]
  return Math.min(...xs) <= x + width && Math.max(...xs) >= x && Math.min(...ys) <= y + height && Math.max(...ys) >= y
}

function pointAt([first = origin, second = first, third = origin, last]: Stretch, share: number): Point {
  const rest = 1 - share
  // A straight stretch has two points; the shares of a curve's four are Bernstein's.
  const [a, b, c, d] =
    last === undefined ? [rest, share, 0, 0] : [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3]
  const end = last ?? origin
  return {
    x: a * first.x + b * second.x + c * third.x + d * end.x,
    y: a * first.y + b * second.y + c * third.y + d * end.y,
  }
}

/** De Casteljau's: what lies before and after a share of a stretch. */
function split(stretch: Stretch, share: number): { readonly before: Stretch; readonly after: Stretch } {
  const [before, after]: [Point[], Point[]] = [[], []]
  for (let points = stretch; points.length > 0;) {
    const [first, last] = [points[0], points.at(-1)]
    if (first !== undefined && last !== undefined) {
      before.push(first)
      after.unshift(last)
    }
    points = points.slice(1).map(({ x, y }, at) => {
      const from = points[at] ?? { x, y }
      return { x: from.x + (x - from.x) * share, y: from.y + (y - from.y) * share }
    })
  }
  return { before, after }
}
