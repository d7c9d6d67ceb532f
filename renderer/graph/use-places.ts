import { useLayoutEffect, useMemo, useState } from 'react'
import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import { mostAtOnce } from '../../shared/drawing/most-at-once.ts'
import type { Placement } from '../../shared/drawing/placement.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import type { LayoutFound, PlacesFound } from '../../shared/drawing/whole-layout.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { layOutAside } from './layout-thread.ts'
import type { FlowBuilder } from './to-flow.ts'
import { useLatest } from './use-latest.ts'

interface Places {
  /** What has a place: everything, but while a large graph is laid out. */
  readonly placed: GraphModel
  readonly positions: ReadonlyMap<string, Point>
  readonly isLayingOut: boolean
  /** Whether the ways between the cards are still being found. */
  readonly isRouting: boolean
}

/**
 * Where the cards stand. An answer for a text that was changed meanwhile holds for what is left of it, as it would had it
 * come at once; the answer for a document that is no longer shown is not waited for.
 */
export function usePlaces(model: GraphModel, placement: Placement, builder: FlowBuilder): Places {
  const [placer] = useState(createPlacer)
  const [isLarge] = useState(model.cards.length > mostAtOnce)
  const [answer, setAnswer] = useState<PlacesFound | null>(null)
  /** The last answer that was whole. */
  const [finished, setFinished] = useState<LayoutFound | null>(null)
  const latest = useLatest({ model, placement })

  const places = useMemo(() => {
    if (answer !== null) placer.learn(answer.positions)
    const known = placer.known(placement)
    const waiting = model.cards.filter(card => !known.has(card.key)).length
    const isLayingOut = waiting > mostAtOnce
    const placed = isLayingOut ? onlyKnown(model, known) : model
    return { placed, isLayingOut, positions: placer.place(placed, placement) }
  }, [placer, model, placement, answer])

  const isRouting = answer !== finished || (isLarge && finished === null)
  const isAsking = places.isLayingOut || isRouting
  useLayoutEffect(() => {
    if (!isAsking) return
    const { model: asked, placement: kept } = latest.current
    return layOutAside(asked, placer.known(kept), found => {
      setAnswer(found)
      if (!('routes' in found)) return
      builder.learn(asked.edges, found.boxes, found.routes)
      setFinished(found)
    })
  }, [isAsking, finished, latest, placer, builder])
  return { ...places, isRouting }
}

function onlyKnown(model: GraphModel, known: ReadonlyMap<string, Point>): GraphModel {
  return {
    ...model,
    cards: model.cards.filter(({ key }) => known.has(key)),
    edges: model.edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  }
}
