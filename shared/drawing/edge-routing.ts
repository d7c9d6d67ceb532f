import type { Point } from '../graph/layout.ts'
import { CardIndex } from './card-index.ts'
import { around, detour, type Rectangle } from './detour.ts'
import { curve, enters, pathOf, returning, rounded } from './edge-path.ts'

export interface Box extends Point {
  readonly key: string
  readonly width: number
  readonly height: number
}

export interface Connection {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromOffset: number
  readonly toOffset: number
  /** Space for the label on the level stretch before the end; 0 for none. */
  readonly labelWidth: number
}

export interface Route {
  /** SVG path. */
  readonly path: string
  readonly end: Point
  /** Width that the label may take to the left of the end. */
  readonly labelRoom: number
  /** Points that the path goes through, and does not leave the space between each and the next by much. */
  readonly way: readonly Point[]
}

interface Lane {
  readonly left: number
  readonly right: number
  readonly y: number
  readonly from: string
}

const clearance = 14
const laneGap = 7
/** Width of the narrowest curve from one height to another. */
const smallestBend = 14
/** Labels narrower than this are not worth a longer way. */
const smallestLabel = 48

/**
 * Ways for the edges around the cards between their ends: level past each column of cards, through the nearest free
 * gap, and curved in the space between columns. Edges of one source share their way; others keep a few pixels apart.
 * Where that would run through a card, as it may once cards were moved by hand, they go around it at right angles.
 * Edges with a `kept` route stay as they are.
 */
export function routeEdges(
  connections: readonly Connection[],
  boxes: readonly Box[],
  kept: ReadonlyMap<string, Route> = new Map(),
): ReadonlyMap<string, Route> {
  const boxOf = new Map(boxes.map(box => [box.key, box]))
  const cards = new CardIndex(boxes)
  const columnsBetween = createColumns(boxes)
  const lanes = connections.flatMap(({ id, from }) => lanesOf(from, kept.get(id)?.way ?? []))
  const routes = new Map<string, Route>()
  for (const connection of connections) {
    const known = kept.get(connection.id)
    if (known !== undefined) {
      routes.set(connection.id, known)
      continue
    }
    const from = boxOf.get(connection.from)
    const to = boxOf.get(connection.to)
    if (from === undefined || to === undefined) continue
    const start = { x: from.x + from.width, y: from.y + connection.fromOffset }
    const end = { x: to.x, y: to.y + connection.toOffset }
    const labelRoom = roomBefore(end, to, cards)
    const first =
      end.x - start.x < 32
        ? { ...returning(start, end, from, to), labelRoom: 0 }
        : { ...direct(connection, start, end, columnsBetween(start.x, end.x), labelRoom, lanes), labelRoom }
    const others = [...cards.within(around(first.pieces.flat()))].filter(box => box !== from && box !== to)
    const {
      pieces,
      way,
      labelRoom: room,
    } = enters(first.pieces, others) ? (roundabout(connection, start, end, cards, labelRoom) ?? first) : first
    routes.set(connection.id, { path: pathOf(pieces), end, labelRoom: room, way })
  }
  return routes
}

function direct(
  { from, labelWidth }: Connection,
  start: Point,
  end: Point,
  columns: readonly Column[],
  labelRoom: number,
  lanes: Lane[],
) {
  const points = passages(from, start, end, columns, lanes)
  const level = Math.min(labelWidth, labelRoom) + 26
  const approach = Math.max(points.at(-1)?.x ?? start.x, end.x - level)
  const last = Math.max(approach, Math.min(end.x, (points.at(-1)?.x ?? start.x) + 24))
  const way = [start, ...points, { x: last, y: end.y }, end]
  return { pieces: curve(way), way }
}

/** A way around cards, with a level stretch for the label where there is room for one. */
function roundabout({ labelWidth }: Connection, start: Point, end: Point, cards: CardIndex<Box>, labelRoom: number) {
  const label = Math.min(labelWidth, labelRoom)
  const way = (label >= smallestLabel ? detour(start, end, cards, label + 26) : null) ?? detour(start, end, cards)
  if (way === null) return null
  return { pieces: rounded(way), way, labelRoom: Math.max(0, end.x - (way.at(-2)?.x ?? end.x) - 26) }
}

/** The level stretches past cards, between the start of a way and its last curve. */
function lanesOf(from: string, way: readonly Point[]): readonly Lane[] {
  return way.slice(1, -2).flatMap(({ x, y }, at, inner) => {
    const next = inner[at + 1]
    return next?.y === y && next.x > x ? [{ left: x, right: next.x, y, from }] : []
  })
}

/** Free width to the left of a point on a card's left side, up to the next card at that height. */
function roomBefore(end: Point, to: Box, cards: CardIndex<Box>): number {
  let room = 400
  for (const box of cards.within({ x: end.x - room, y: end.y - 10, width: room, height: 20 }))
    if (box !== to && box.x < end.x) room = Math.min(room, end.x - (box.x + box.width))
  return Math.max(0, room - 34)
}

function passages(from: string, start: Point, end: Point, columns: readonly Column[], lanes: Lane[]): readonly Point[] {
  const points: Point[] = []
  for (const column of columns) {
    const level = points.at(-1)?.y ?? start.y
    const [top, bottom] = [Math.min(level, end.y) - clearance, Math.max(level, end.y) + clearance]
    if (column.boxes.every(box => box.y > bottom || box.y + box.height < top)) continue
    const left = Math.max(start.x + smallestBend, column.left - clearance)
    const right = Math.min(end.x - smallestBend, column.right + clearance)
    if (right <= left) continue
    const share = ((left + right) / 2 - start.x) / (end.x - start.x)
    const wanted = start.y + (end.y - start.y) * share
    const y = passage(from, left, right, wanted, column.boxes, lanes)
    lanes.push({ left, right, y, from })
    points.push({ x: left, y }, { x: right, y })
  }
  return points
}

interface Column {
  left: number
  right: number
  readonly boxes: Box[]
}

/** The columns between two heights of x: the same for all cards of two columns. */
function createColumns(boxes: readonly Box[]): (left: number, right: number) => readonly Column[] {
  const byLeft = boxes.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const known = new Map<string, readonly Column[]>()
  return (left, right) => {
    const key = `${left} ${right}`
    const columns = known.get(key) ?? columnsOf(byLeft.filter(({ x, width }) => x < right - 4 && x + width > left + 4))
    known.set(key, columns)
    return columns
  }
}

function columnsOf(boxes: readonly Box[]): readonly Column[] {
  const columns: Column[] = []
  for (const box of boxes) {
    const last = columns.at(-1)
    if (last !== undefined && box.x < last.right) {
      last.right = Math.max(last.right, box.x + box.width)
      last.boxes.push(box)
    } else {
      columns.push({ left: box.x, right: box.x + box.width, boxes: [box] })
    }
  }
  return columns
}

function passage(
  from: string,
  left: number,
  right: number,
  wanted: number,
  boxes: readonly Box[],
  lanes: readonly Lane[],
): number {
  const meeting = lanes.filter(lane => lane.left < right && lane.right > left)
  const own = meeting.find(lane => lane.from === from && Math.abs(lane.y - wanted) < 160)
  if (own !== undefined) return own.y
  const walls = boxes.map(box => ({ top: box.y - clearance, bottom: box.y + box.height + clearance }))
  const others = meeting
    .filter(lane => lane.from !== from)
    .map(lane => ({ top: lane.y - laneGap, bottom: lane.y + laneGap }))
  const apart = nearestGap(wanted, [...walls, ...others])
  const plain = nearestGap(wanted, walls)
  return Math.abs(apart - wanted) > Math.abs(plain - wanted) + 140 ? plain : apart
}

interface Interval {
  readonly top: number
  readonly bottom: number
}

function nearestGap(wanted: number, walls: readonly Interval[]): number {
  const above = outOf(wanted, walls, wall => wall.top)
  const below = outOf(wanted, walls, wall => wall.bottom)
  return wanted - above <= below - wanted ? above : below
}

/** The first height in one direction that lies in no wall: out of one after the other. */
function outOf(wanted: number, walls: readonly Interval[], side: (wall: Interval) => number): number {
  const wall = walls.find(({ top, bottom }) => top < wanted && wanted < bottom)
  return wall === undefined ? wanted : outOf(side(wall), walls, side)
}

/** Whether a route may be seen in an area. */
export function comesNear({ way }: Route, { x, y, width, height }: Rectangle): boolean {
  return way.some((from, at) => {
    const to = way[at + 1] ?? from
    return (
      Math.min(from.x, to.x) <= x + width &&
      Math.max(from.x, to.x) >= x &&
      Math.min(from.y, to.y) <= y + height &&
      Math.max(from.y, to.y) >= y
    )
  })
}
