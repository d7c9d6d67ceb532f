import { useMemo } from 'react'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { dropStep } from './drop-step.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { CardActions, PaneStore } from './pane-store.ts'
import { useLatest } from './use-latest.ts'

export function useCardActionsFor(
  props: GraphPaneProps,
  store: PaneStore,
  startConnect: CardActions['startConnect'],
  reconnect: CardActions['startReconnect'],
): CardActions {
  const latest = useLatest(props)
  const latestReconnect = useLatest(reconnect)
  return useMemo(
    () => ({
      toggle(stage, unfold) {
        store.setState(({ unfolded }) => ({ unfolded: new Map([...unfolded, [stage, unfold]]) }))
      },
      selectStep: (stage, instruction) => latest.current.onSelect({ kind: 'step', stage, instruction }),
      showStep(stage, instruction) {
        const found = latest.current.analysis.graph.stages.find(each => each.id === stage)
        const step = found?.steps.find(each => each.instruction === instruction)
        if (step !== undefined) latest.current.onShowSource(step.range)
      },
      dropStep(dropped, beside, above) {
        const drop = dropStep(latest.current.analysis, dropped, beside, above)
        if (drop === null || !latest.current.perform(drop.outcome) || drop.outcome.kind !== 'edits') return
        store.setState({ announcement: drop.outcome.title })
        latest.current.onSelect(drop.selection)
      },
      showProblem(stage) {
        const order = ['error', 'warning', 'hint'] as const
        const own = latest.current.analysis.diagnostics.filter(diagnostic => diagnostic.stage === stage)
        const worst = order.flatMap(severity => own.filter(diagnostic => diagnostic.severity === severity))[0]
        if (worst === undefined) return
        latest.current.onSelect({ kind: 'stage', stage })
        latest.current.onShowSource(worst.range)
        latest.current.onShowProblems(stage)
      },
      openMenu: (stage, at) => store.setState({ opened: { kind: 'card-menu', stage, at } }),
      openSourceMenu: (source, at) => store.setState({ opened: { kind: 'source-menu', source, at } }),
      showImage: reference => latest.current.onShowImage(reference),
      showContext: () => latest.current.onShowContext(),
      showFailure: () => latest.current.onShowFailure(),
      startRename: stage => store.setState({ renaming: stage }),
      endRename(stage, name) {
        const outcome = name === null ? null : renameStage(latest.current.analysis, stage, name)
        if (outcome !== null && !latest.current.perform(outcome)) return false
        store.setState({ renaming: null, ...(outcome?.kind === 'edits' && { announcement: outcome.title }) })
        return true
      },
      startConnect,
      changeEdge: (edge, at) => store.setState({ opened: { kind: 'edge-paths', edge, at } }),
      startReconnect: (edge, end, pointer) => latestReconnect.current(edge, end, pointer),
    }),
    [latest, latestReconnect, store, startConnect],
  )
}
