import { useLayoutEffect, type RefObject } from 'react'

/** Tab goes through the cards before it goes through the edges, which React Flow writes first. */
export function useTabOrder(pane: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const edges = pane.current?.querySelector('.react-flow__edges')
    const nodes = pane.current?.querySelector('.react-flow__nodes')
    if (edges && nodes) nodes.after(edges)
  }, [pane])
}
