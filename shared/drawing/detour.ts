import type { Point } from '../graph/layout.ts'
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
  cards: readonly Rectangle[],
  approach = clearance,
): readonly Point[] | null {
  const known = new Set(cards.filter(card => touches(card, start) || touches(card, end)))
  while (known.size < most) {
    const way = shortestWay(start, end, [...known], approach)
    if (way === null) return null
    const hit = cards.filter(card => !known.has(card) && runsThrough(way, card))
    if (hit.length === 0) return way
    for (const card of hit) known.add(card)
  }
  return null
}

function touches({ x, y, width, height }: Rectangle, at: Point): boolean {
  return at.x >= x - 1 && at.x <= x + width + 1 && at.y >= y && at.y <= y + height
}

/** Whether stretches come nearer to a card than they may. */
function runsThrough(way: readonly Point[], card: Rectangle): boolean {
  return way.some((from, at) => meets(from, way[at + 1] ?? from, card, smallest - 1))
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
      if (cards.some(card => meets(from, to, card, smallest))) continue
      reach(node, next, cost + Math.abs(to.x - from.x) + Math.abs(to.y - from.y), to)
    }
  }
  const points = [end]
  for (let node = goal; node >= 0; node = before[node] ?? -1) points.unshift(point(node))
  return withoutMiddles([start, ...points])
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
