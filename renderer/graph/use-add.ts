import { useReactFlow } from '@xyflow/react'
import { addStarter } from '../../shared/edits/add-starter.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'
import type { Addition } from './add-choices.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { PaneStore } from './pane-store.ts'

/** Asks for what is missing of what was chosen, at a place in window pixels; a starter is whole and is written at once. */
export type Add = (addition: Addition, at: Point, place: boolean) => void

export function useAdd({ analysis, selection, perform, store }: GraphPaneProps & { readonly store: PaneStore }): Add {
  const flow = useReactFlow()
  return (addition, at, place) => {
    switch (addition.kind) {
      case 'base':
        store.setState({ opened: { kind: 'add-stage', base: addition.base, copyFrom: null, place, at } })
        return
      case 'copy': {
        const copyFrom = { kind: 'stage', stage: addition.stage } as const
        store.setState({ opened: { kind: 'add-stage', base: '', copyFrom, place, at } })
        return
      }
      case 'starter': {
        const known = new Set(analysis.graph.stages.map(stage => stage.id))
        const outcome = addStarter(analysis, addition.starter, selectedStage(selection))
        const to = place ? flow.screenToFlowPosition(at) : null
        store.setState({ opened: null, expected: { known, place: to, copyFrom: null, at } })
        const isWritten = perform(outcome) && outcome.kind === 'edits'
        store.setState(isWritten ? { announcement: outcome.title } : { expected: null })
      }
    }
  }
}

/** The stage that a new one follows in the text: the selected one, or what it needs of those below that. */
export function stageToFollow(
  analysis: Analysis,
  selection: Selection,
  needed: readonly (StageId | null)[],
): StageId | null {
  const { stages } = analysis.graph
  const selected = stages.find(stage => stage.id === selectedStage(selection))
  const other = stages.findLast(stage => needed.includes(stage.id))
  if (selected === undefined) return other !== undefined && other === stages.at(-1) ? other.id : null
  return other !== undefined && other.index > selected.index ? other.id : selected.id
}

function selectedStage(selection: Selection): StageId | null {
  return selection.kind === 'stage' || selection.kind === 'step' ? selection.stage : null
}
