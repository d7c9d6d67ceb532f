import { useEffect } from 'react'
import type { PaneStore } from './pane-store.ts'
import type { FlowNode } from './to-flow.ts'
import { useLatest } from './use-latest.ts'

interface Inputs {
  readonly recalled: ReadonlySet<string> | null
  readonly nodes: readonly FlowNode[]
  readonly store: PaneStore
  readonly reveal: (nodes: readonly FlowNode[]) => void
}

/** As long as the animation in graph.css. */
const flashMilliseconds = 900

/** Brings into view what undo or redo changed, and flashes it. */
export function useFlash({ recalled, nodes, store, reveal }: Inputs): void {
  const latest = useLatest(nodes)
  useEffect(() => {
    if (recalled === null) return
    reveal(latest.current.filter(node => recalled.has(node.id)))
    store.setState({ flashed: recalled })
    const timer = setTimeout(() => store.setState({ flashed: new Set() }), flashMilliseconds)
    return () => clearTimeout(timer)
  }, [recalled, latest, store, reveal])
}
