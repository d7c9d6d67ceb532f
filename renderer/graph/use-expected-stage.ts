import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Point } from '../../shared/graph/layout.ts'
import { unplaced } from '../../shared/drawing/placement.ts'
import { selectionOf } from '../../shared/selection.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'

/**
 * Once stages that were asked for on the canvas are in the file: selects them, puts a card where it was asked for, and
 * goes on to the paths where it is to copy from another.
 */
export function useExpectedStage(
  { analysis, placement, onSelect, onPlace }: GraphPaneProps,
  store: PaneStore,
  positions: ReadonlyMap<string, Point>,
): void {
  const expected = useStore(store, state => state.expected)
  useEffect(() => {
    if (expected === null) return
    const stages = analysis.graph.stages.filter(stage => !expected.known.has(stage.id)).map(stage => stage.id)
    const [added] = stages
    if (added === undefined) return
    store.setState({ expected: null })
    onSelect(selectionOf(stages))
    // Undone with the stage.
    if (expected.place !== null)
      onPlace(null, new Map([...unplaced(positions, placement), [added, rounded(expected.place)]]))
    if (expected.copyFrom !== null)
      store.setState({ opened: { kind: 'connect', source: expected.copyFrom, to: added, at: expected.at } })
  }, [analysis, expected, placement, onPlace, onSelect, positions, store])
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) }
}
