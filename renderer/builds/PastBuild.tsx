import { useMemo, useState } from 'react'
import { createStore } from 'zustand/vanilla'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { BuildPanel } from './BuildPanel.tsx'
import type { BuildView } from './build-store.ts'

interface PastBuildProps {
  readonly build: BuildState
  readonly onRunAgain: () => void
}

/** A build of the past as its panel showed it, in the text that was built; its files are no longer held. */
export function PastBuild({ build, onRunAgain }: PastBuildProps) {
  const [selection, setSelection] = useState(nothingSelected)
  const store = useMemo(
    () =>
      createStore<BuildView>(() => ({
        ...{ build, before: null, showsCritical: false },
        ...{ held: null, heldAnalysis: null, heldStages: [], heldBefore: null },
      })),
    [build],
  )
  return (
    <BuildPanel
      store={store}
      analysis={build.analysis}
      selection={selection}
      onSelect={setSelection}
      onShowLines={() => undefined}
      onBuild={onRunAgain}
      onCancel={() => undefined}
      onShowFiles={() => undefined}
    />
  )
}
