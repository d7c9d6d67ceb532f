import type { Point } from '../graph/layout.ts'
import type { CardIndex } from './card-index.ts'
import { Queue } from './queue.ts'

export interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}

/** Pixels that a detour keeps from a card: where it turns, and at the least. */
const [clearance, smallest] = [8, 4]
/** Pixels of way that a bend is worth. */
const bendCost = 60
/** Cards that are gone around; in a denser crowd a line through it is the lesser evil. */
const most = 24

/**
 * A way of level and upright stretches that leaves `start` to the right, arrives at `end` from the left with a level stretch
 * of `approach` pixels, and runs through no card: the shortest one, counting bends. Null where there is none, as when a card lies on an end. What stands in the
 * way is found by walking into it, so that far cards cost nothing.
 */
export function detour(
  start: Point,
  end: Point,
  cards: CardIndex<Rectangle>,
  approach = clearance,
): readonly Point[] | null {
  const known = new Set([start, end].flatMap(at => [...cards.within({ x: at.x - 1, y: at.y, width: 2, height: 0 })]))
  while (known.size < most) {
    const way = shortestWay(start, end, [...known], approach)
    if (way === null) return null
    const { size } = known
    way.forEach((from, at) => {
      const to = way[at + 1] ?? from
      for (const card of cards.within(around([from, to], smallest)))
        if (meets(from, to, card, smallest - 1)) known.add(card)
    })
    if (known.size === size) return way
  }
  return null
}

/** The rectangle around points, and so many pixels more to each side. */
export function around(points: readonly Point[], more = 0): Rectangle {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: left - more, y: top - more, width: right - left + 2 * more, height: bottom - top + 2 * more }
}

/** Whether the straight line between two points enters a card, or comes so near to it. */
export function meets(a: Point, b: Point, { x, y, width, height }: Rectangle, near: number): boolean {
  const [left, right, top, bottom] = [x - near, x + width + near, y - near, y + height + near]
  if (Math.max(a.x, b.x) <= left || Math.min(a.x, b.x) >= right) return false
  if (Math.max(a.y, b.y) <= top || Math.min(a.y, b.y) >= bottom) return false
  if (a.x === b.x || a.y === b.y) return true
  const side = (px: number, py: number) => (b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)
  const sides = [side(left, top), side(right, top), side(left, bottom), side(right, bottom)]
  return Math.min(...sides) < 0 && Math.max(...sides) > 0
}

/** A* over the crossings of the lines beside cards; each is there twice, to be passed level or upright. */
function shortestWay(start: Point, end: Point, cards: readonly Rectangle[], approach: number): readonly Point[] | null {
  const [first, last] = [start.x + clearance, end.x - approach]
  const xs = sorted([first, last, ...cards.flatMap(({ x, width }) => [x - clearance, x + width + clearance])])
  const ys = sorted([start.y, end.y, ...cards.flatMap(({ y, height }) => [y - clearance, y + height + clearance])])
  const point = (node: number): Point => ({
    x: xs[(node >> 1) % xs.length] ?? 0,
    y: ys[Math.floor((node >> 1) / xs.length)] ?? 0,
  })
  const source = 2 * (ys.indexOf(start.y) * xs.length + xs.indexOf(first))
  const goal = 2 * (ys.indexOf(end.y) * xs.length + xs.indexOf(last))
  const costs = new Float64Array(2 * xs.length * ys.length).fill(Infinity)
  const before = new Int32Array(costs.length).fill(-1)
  costs[source] = 0
  const queue = new Queue()
  queue.add(source, 0)
  const reach = (node: number, next: number, cost: number, at: Point) => {
    if (cost >= (costs[next] ?? 0)) return
    costs[next] = cost
    before[next] = node
    queue.add(next, cost + Math.abs(at.x - last) + Math.abs(at.y - end.y))
  }
  const done = new Uint8Array(costs.length)
  const blocked = blockedStretches(xs, ys, cards)
  for (let node = queue.take(); node !== goal; node = queue.take()) {
    if (node === undefined) return null
    if (done[node] === 1) continue
    done[node] = 1
    const [from, cost, isLevel] = [point(node), costs[node] ?? 0, node % 2 === 0]
    reach(node, node ^ 1, cost + bendCost, from)
    const column = (node >> 1) % xs.length
    for (const step of [-1, 1]) {
      const next = node + 2 * step * (isLevel ? 1 : xs.length)
      if (isLevel ? xs[column + step] === undefined : next < 0 || next >= costs.length) continue
      // It leaves to the right, and arrives from the left.
      if (isLevel && step < 0 && (node === source || next === goal)) continue
      const to = point(next)
      if (blocked[Math.min(node, next)] === 1) continue
      reach(node, next, cost + Math.abs(to.x - from.x) + Math.abs(to.y - from.y), to)
    }
  }
  const points = [end]
  for (let node = goal; node >= 0; node = before[node] ?? -1) points.unshift(point(node))
  return withoutMiddles([start, ...points])
}

/** By node of `shortestWay`: whether the stretch to the next crossing, to the right or downwards, runs through a card. */
function blockedStretches(xs: readonly number[], ys: readonly number[], cards: readonly Rectangle[]): Uint8Array {
  const blocked = new Uint8Array(2 * xs.length * ys.length)
  for (const { x, y, width, height } of cards) {
    const [left, right] = inside(xs, x - smallest, x + width + smallest)
    const [top, bottom] = inside(ys, y - smallest, y + height + smallest)
    for (let row = top - 1; row <= bottom; row++)
      for (let column = left - 1; column <= right; column++) {
        const node = 2 * (row * xs.length + column)
        if (row >= top) blocked[node] = 1
        if (column >= left) blocked[node + 1] = 1
      }
  }
  return blocked
}

/** The first and the last of rising values between two. */
function inside(values: readonly number[], from: number, to: number): readonly [number, number] {
  return [values.findIndex(value => value > from), values.findLastIndex(value => value < to)]
}

function sorted(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}

/** Without the points at which it goes straight on, or stays. */
function withoutMiddles(way: readonly Point[]): readonly Point[] {
  const moving = way.filter(({ x, y }, at) => way[at + 1]?.x !== x || way[at + 1]?.y !== y)
  return moving.filter(({ x, y }, at) => {
    const [a, b] = [moving[at - 1], moving[at + 1]]
    return a === undefined || b === undefined || !((a.x === x && b.x === x) || (a.y === y && b.y === y))
  })
}
