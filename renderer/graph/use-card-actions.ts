import { useMemo } from 'react'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { CardActions, PaneStore } from './pane-store.ts'
import { useLatest } from './use-latest.ts'

export function useCardActionsFor(props: GraphPaneProps, store: PaneStore): CardActions {
  const latest = useLatest(props)
  return useMemo(() => {
    const step = (stage: StageId, instruction: number) =>
      latest.current.analysis.graph.stages
        .find(each => each.id === stage)
        ?.steps.find(each => each.instruction === instruction)
    return {
      toggle(stage, unfold) {
        store.setState(({ unfolded }) => ({ unfolded: new Map([...unfolded, [stage, unfold]]) }))
      },
      selectStage: stage => latest.current.onSelect({ kind: 'stage', stage }),
      selectStep: (stage, instruction) => latest.current.onSelect({ kind: 'step', stage, instruction }),
      showStep(stage, instruction) {
        const found = step(stage, instruction)
        if (found !== undefined) latest.current.onShowSource(found.range)
      },
      showProblem(stage) {
        const order = ['error', 'warning', 'hint'] as const
        const own = latest.current.analysis.diagnostics.filter(diagnostic => diagnostic.stage === stage)
        const worst = order.flatMap(severity => own.filter(diagnostic => diagnostic.severity === severity))[0]
        if (worst === undefined) return
        latest.current.onSelect({ kind: 'stage', stage })
        latest.current.onShowSource(worst.range)
      },
      openMenu: (stage, at) => store.setState({ opened: { kind: 'card-menu', stage, at } }),
      startRename: stage => store.setState({ renaming: stage }),
      endRename: () => store.setState({ renaming: null }),
      startConnect: () => undefined,
    }
  }, [latest, store])
}
