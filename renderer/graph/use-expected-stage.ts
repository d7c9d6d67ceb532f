import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Point } from '../../shared/graph/layout.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'

/**
 * Once a stage that was asked for on the canvas is in the file: selects it, puts its card where it was asked for, and
 * goes on to the paths where it is to copy from another.
 */
export function useExpectedStage(
  { analysis, onSelect, onPlace }: GraphPaneProps,
  store: PaneStore,
  positions: ReadonlyMap<string, Point>,
): void {
  const expected = useStore(store, state => state.expected)
  useEffect(() => {
    if (expected === null) return
    const added = analysis.graph.stages.find(stage => !expected.known.has(stage.id))
    if (added === undefined) return
    store.setState({ expected: null })
    onSelect({ kind: 'stage', stage: added.id })
    if (expected.place !== null) onPlace(new Map([...positions, [added.id, rounded(expected.place)]]))
    if (expected.copyFrom !== null)
      store.setState({ opened: { kind: 'connect', source: expected.copyFrom, to: added.id, at: expected.at } })
  }, [analysis, expected, onPlace, onSelect, positions, store])
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) }
}
