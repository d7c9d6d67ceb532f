import type { Point } from '../graph/layout.ts'

/** Where a card stands, in canvas pixels. A locked one is moved by no gesture. */
export interface Place extends Point {
  readonly locked?: true | undefined
}

/** The places that were chosen, by node key; the layout finds one for every other card. Kept beside the file, never in it. */
export type Placement = ReadonlyMap<string, Place>

/** What a gesture does to it: a new place, or null for the layout's choice. */
export type PlacementChange = ReadonlyMap<string, Place | null>

export function changedPlacement(placement: Placement, change: PlacementChange): Placement {
  const next = new Map(placement)
  for (const [key, place] of change) {
    if (place === null) next.delete(key)
    else next.set(key, place)
  }
  return next
}

/** The change that takes `change` back from what it makes of `placement`. */
export function invertedPlacement(placement: Placement, change: PlacementChange): PlacementChange {
  return new Map([...change.keys()].map(key => [key, placement.get(key) ?? null]))
}

/** The cards that the layout has placed: what it chose must be kept once one card is put elsewhere. */
export function unplaced(
  positions: ReadonlyMap<string, Point>,
  placement: Placement,
): readonly (readonly [string, Point])[] {
  return [...positions].filter(([key]) => !placement.has(key))
}

/**
 * What to keep so that cards stand at `places`, in whole pixels: nothing where no card is seen to move. A card that is
 * where it should be only because another pushed it there is kept as well, as the other may go.
 */
export function movesTo(
  places: ReadonlyMap<string, Point>,
  positions: ReadonlyMap<string, Point>,
  placement: Placement,
): ReadonlyMap<string, Point> {
  const wanted = [...places].flatMap(([key, { x, y }]) =>
    placement.get(key)?.locked === true ? [] : [[key, { x: Math.round(x), y: Math.round(y) }] as const],
  )
  if (wanted.every(([key, to]) => isAt(positions.get(key), to))) return new Map()
  return new Map(wanted.filter(([key, to]) => !isAt(placement.get(key) ?? positions.get(key), to)))
}

function isAt(place: Point | undefined, to: Point): boolean {
  return place?.x === to.x && place.y === to.y
}
