import { useMemo } from 'react'
import { createStore } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import type { Selection } from '../../shared/selection.ts'
import { BuildPanel } from './BuildPanel.tsx'
import { type BuildView, holdsNothing, type PastBuild as Past } from './build-store.ts'

interface PastBuildProps {
  readonly host: HostApi
  readonly past: Past
  readonly onSelect: (selection: Selection) => void
  readonly onRunAgain: () => void
}

/** A build of the past as its panel showed it, in the text that was built; its files are no longer held. */
export function PastBuild({ host, past: { build, selection }, onSelect, onRunAgain }: PastBuildProps) {
  const store = useMemo(
    () =>
      createStore<BuildView>(() => ({
        ...{ build, stopping: false, before: null, past: null, showsCritical: false },
        ...holdsNothing,
      })),
    [build],
  )
  return (
    <BuildPanel
      host={host}
      store={store}
      analysis={build.analysis}
      selection={selection}
      onSelect={onSelect}
      onShowLines={() => undefined}
      onBuild={onRunAgain}
      onCancel={() => undefined}
      onShowFiles={() => undefined}
    />
  )
}
