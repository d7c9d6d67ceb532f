import '@xyflow/react/dist/base.css'
import './graph.css'
import { ReactFlowProvider } from '@xyflow/react'
import { memo, useState } from 'react'
import { Canvas } from './Canvas.tsx'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { createPaneStore, PaneStoreContext } from './pane-store.ts'

/**
 * The stage graph. Everything it shows follows from its props; everything it changes goes through `perform`. Drawn again
 * only when one of them changes, as a key typed into the text changes none of them at first.
 */
export const GraphPane = memo(function GraphPane(props: GraphPaneProps) {
  const [store] = useState(createPaneStore)
  return (
    <PaneStoreContext value={store}>
      <ReactFlowProvider>
        <Canvas {...props} store={store} />
      </ReactFlowProvider>
    </PaneStoreContext>
  )
})
