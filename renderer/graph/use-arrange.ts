import { useReactFlow, type OnNodeDrag } from '@xyflow/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { arranged, boxOf, tidied, type Arrangement } from '../../shared/drawing/arrange.ts'
import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import { mostAtOnce } from '../../shared/drawing/most-at-once.ts'
import { movesTo, unplaced } from '../../shared/drawing/placement.ts'
import { snapped, type HelperLine } from '../../shared/drawing/snap.ts'
import { titleOfSeveral } from '../../shared/edits/sequence.ts'
import { layout, type Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { selectedStages } from '../../shared/selection.ts'
import { layOutAside } from './layout-thread.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'
import type { FlowNode } from './to-flow.ts'
import { useLatest } from './use-latest.ts'
import { boundsOf } from './viewport.ts'

interface Inputs {
  readonly props: GraphPaneProps & { readonly store: PaneStore }
  readonly model: GraphModel
  readonly positions: ReadonlyMap<string, Point>
  readonly onDragged: (dragged: ReadonlyMap<string, Point> | null) => void
  /** Lets the cards glide to where they are put next. */
  readonly glide: () => void
}

/** Gestures that put cards elsewhere: none of them changes the text, each is one undo step. */
export interface Arranging {
  /** Along which others what is being dragged stands. */
  readonly lines: readonly HelperLine[]
  readonly onNodeDrag: OnNodeDrag<FlowNode>
  readonly onNodeDragStop: () => void
  /** A card, and all that are selected with it. */
  readonly move: (key: string, to: Point) => void
  readonly nudge: (stages: readonly StageId[], by: Point) => void
  readonly arrange: (stages: readonly StageId[], how: Arrangement) => void
  /** Null lays out everything. */
  readonly tidy: (stages: readonly StageId[] | null) => void
  /** Locks them where they are, or lets all go where all are locked. */
  readonly lock: (stages: readonly StageId[]) => void
}

/** Pixels on the screen within which a card is drawn to another's edge or centre. */
const reach = 6

export function useArrange({ props, model, positions, onDragged, glide }: Inputs): Arranging {
  const { selection, placement, store, onPlace } = props
  const flow = useReactFlow()
  const [drag, setDrag] = useState<{
    readonly places: ReadonlyMap<string, Point>
    readonly lines: readonly HelperLine[]
  } | null>(null)

  const isFree = (key: string) => placement.get(key)?.locked !== true
  const boxes = useMemo(() => model.cards.map(card => boxOf(card, positions)), [model, positions])
  const boxesOf = (keys: readonly string[]) => boxes.filter(box => keys.includes(box.key))
  const movedWith = (key: string): readonly string[] => {
    const stages: readonly string[] = selectedStages(selection)
    return (stages.includes(key) ? stages : [key]).filter(isFree)
  }

  const keep = (verb: string, places: GraphPaneProps['placement']) => {
    // What the layout chose stays where it is now, also the next time the file is opened.
    const chosen = unplaced(positions, placement)
    if (chosen.length > 0) onPlace(null, new Map(chosen))
    const titles = model.cards.filter(card => places.has(card.key)).map(card => card.content.title)
    const title = `${verb} ${titles.length > 2 ? `${titles.length} cards` : titleOfSeveral(titles)}`
    onPlace(title, places)
    store.setState({ announcement: title })
  }
  const put = (verb: string, places: ReadonlyMap<string, Point>) => {
    const moved = movesTo(places, positions, placement)
    if (moved.size > 0) keep(verb, moved)
  }

  const putTidied = (laidOut: ReadonlyMap<string, Point>) => {
    const fresh = new Map([...laidOut].filter(([key]) => isFree(key)))
    glide()
    put('Tidy', tidied({ cards: model.cards, positions, fresh }))
  }
  /** Of the text as it is once a layout is found. */
  const latest = useLatest(putTidied)
  const giveUp = useRef(() => {})
  useEffect(() => () => giveUp.current(), [])

  return {
    lines: drag?.lines ?? [],
    onNodeDrag(event, { id, position }) {
      const keys = movedWith(id)
      const from = positions.get(id) ?? position
      const raw = boxesOf(keys).map(box => ({ ...box, ...plus(box, position.x - from.x, position.y - from.y) }))
      const bounds = boundsOf(raw)
      if (bounds === null) return
      const others = boxes.filter(box => !keys.includes(box.key))
      const { shift, lines } = event.altKey
        ? { shift: { x: 0, y: 0 }, lines: [] }
        : snapped(bounds, others, reach / flow.getZoom())
      const places = new Map(raw.map(({ key, x, y }) => [key, { x: x + shift.x, y: y + shift.y }]))
      setDrag({ places, lines })
      onDragged(places)
    },
    onNodeDragStop() {
      if (drag !== null) put('Move', drag.places)
      setDrag(null)
      onDragged(null)
    },
    move(key, to) {
      const from = positions.get(key)
      if (from === undefined) return
      put('Move', new Map(boxesOf(movedWith(key)).map(box => [box.key, plus(box, to.x - from.x, to.y - from.y)])))
    },
    nudge(stages, by) {
      put('Move', new Map(boxesOf(stages).map(box => [box.key, plus(box, by.x, by.y)])))
    },
    arrange(stages, how) {
      glide()
      put('Align', arranged(boxesOf(stages), how))
    },
    tidy(stages) {
      const keys: readonly string[] | null = stages
      const { edges } = model
      const cards = model.cards.filter(({ key }) => isFree(key) && keys?.includes(key) !== false)
      if (cards.length <= mostAtOnce) {
        putTidied(layout(cards, edges))
        return
      }
      giveUp.current()
      giveUp.current = layOutAside({ ...model, cards }, new Map(), found => {
        // Places are all that is asked for: the ways hang on where the other cards stand.
        giveUp.current()
        latest.current(found.positions)
      })
    },
    lock(stages) {
      const isLocked = stages.every(stage => !isFree(stage))
      const places = boxesOf(stages).map(({ key, x, y }) => [
        key,
        isLocked ? { x, y } : { x, y, locked: true as const },
      ])
      keep(isLocked ? 'Unlock' : 'Lock', new Map(places as [string, Point][]))
    },
  }
}

function plus({ x, y }: Point, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy }
}
