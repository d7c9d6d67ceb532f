import type { Box, Connection, Route } from '../../shared/drawing/edge-routing.ts'
import type { Point } from '../../shared/graph/layout.ts'

/** Points along an SVG path of absolute M, L and C commands, a few pixels apart. */
export function pointsAlong(path: string): readonly Point[] {
  const points: Point[] = []
  let last: Point = { x: 0, y: 0 }
  for (const [, command = '', numbers = ''] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const values = numbers.trim().split(/[ ,]+/).map(Number)
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values
    const start = last
    if (command === 'M') points.push((last = { x: a, y: b }))
    else if (command === 'L') {
      last = { x: a, y: b }
      along(start, last, share => ({ x: start.x + (a - start.x) * share, y: start.y + (b - start.y) * share }))
    } else {
      last = { x: e, y: f }
      along(start, last, t => ({
        x: (1 - t) ** 3 * start.x + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t * t * c + t ** 3 * e,
        y: (1 - t) ** 3 * start.y + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * d + t ** 3 * f,
      }))
    }
  }
  return points

  function along(from: Point, to: Point, at: (share: number) => Point): void {
    const steps = Math.max(12, Math.ceil((Math.abs(to.x - from.x) + Math.abs(to.y - from.y)) / 3))
    for (let step = 1; step <= steps; step++) points.push(at(step / steps))
  }
}

/** Lines with a card that they enter by more than a pixel, though they neither begin nor end at it. */
export function cardsCrossed(
  connections: readonly Connection[],
  routes: ReadonlyMap<string, Route>,
  boxes: readonly Box[],
): readonly { readonly line: string; readonly card: string }[] {
  return connections.flatMap(({ id, from, to }) => {
    const points = pointsAlong(routes.get(id)?.path ?? '')
    return boxes
      .filter(
        box =>
          box.key !== from &&
          box.key !== to &&
          points.some(
            ({ x, y }) => x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1,
          ),
      )
      .map(box => ({ line: id, card: box.key }))
  })
}
