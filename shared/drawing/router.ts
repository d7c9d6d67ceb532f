import { comesNear, routeEdges, type Box, type Connection, type Route } from './edge-routing.ts'

export interface Router {
  readonly route: (connections: readonly Connection[], boxes: readonly Box[]) => ReadonlyMap<string, Route>
  /** Takes over what another found for them, as if it had been found here. */
  readonly learn: (connections: readonly Connection[], boxes: readonly Box[], found: ReadonlyMap<string, Route>) => void
}

/** A card's neighbourhood: what may make way for it, and to its right the labels that may use the room before it. */
const [around, labels] = [20, 440]

/**
 * Routes as `routeEdges` does, and remembers them: after a change only edges whose ends changed, or which come near to
 * a card that came, went or moved, find a new way.
 */
export function createRouter(): Router {
  let routes: ReadonlyMap<string, Route> = new Map()
  let lastBoxes: ReadonlyMap<string, Box> = new Map()
  let lastConnections: ReadonlyMap<string, Connection> = new Map()
  const learn: Router['learn'] = (connections, boxes, found) => {
    routes = found
    lastBoxes = new Map(boxes.map(box => [box.key, box]))
    lastConnections = new Map(connections.map(connection => [connection.id, connection]))
  }
  const route: Router['route'] = (connections, boxes) => {
    const boxOf = new Map(boxes.map(box => [box.key, box]))
    const changed = [
      ...boxes.filter(box => !isSameBox(box, lastBoxes.get(box.key))),
      ...[...lastBoxes.values()].filter(box => !isSameBox(box, boxOf.get(box.key))),
    ]
    const keys = new Set(changed.map(({ key }) => key))
    const areas = changed.map(({ x, y, width, height }) => ({
      x: x - around,
      y: y - around,
      width: width + around + labels,
      height: height + 2 * around,
    }))
    const kept = new Map<string, Route>()
    for (const connection of connections) {
      const route = routes.get(connection.id)
      if (route === undefined || keys.has(connection.from) || keys.has(connection.to)) continue
      if (!isSameConnection(connection, lastConnections.get(connection.id))) continue
      if (!areas.some(area => comesNear(route, area))) kept.set(connection.id, route)
    }
    const isUnchanged = kept.size === connections.length && kept.size === routes.size
    learn(connections, boxes, isUnchanged ? routes : routeEdges(connections, boxes, kept))
    return routes
  }
  return { route, learn }
}

function isSameBox(a: Box, b: Box | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

function isSameConnection(a: Connection, b: Connection | undefined): boolean {
  return (
    b !== undefined &&
    a.from === b.from &&
    a.to === b.to &&
    a.fromOffset === b.fromOffset &&
    a.toOffset === b.toOffset &&
    a.labelWidth === b.labelWidth
  )
}
