import { useEffect, useMemo, useRef, type FocusEvent } from 'react'
import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import { relatedStages } from '../../shared/graph/related-stages.ts'
import type { StageGraph } from '../../shared/graph/stage-graph.ts'
import type { PaneStore, Traced } from './pane-store.ts'
import { useLatest } from './use-latest.ts'

interface Inputs {
  readonly graph: StageGraph
  readonly model: GraphModel
  readonly store: PaneStore
  readonly isDragging: boolean
}

interface Tracing {
  readonly enter: (key: string) => void
  readonly leave: () => void
  readonly onFocus: (event: FocusEvent) => void
}

/** Milliseconds that the pointer rests on a card before its way is shown. */
const rest = 150

/** Lets what a stage needs and what needs it stand out, for the card under the pointer or with the keyboard's focus. */
export function useTrace(inputs: Inputs): Tracing {
  const { store, isDragging } = inputs
  const latest = useLatest(inputs)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    if (isDragging) store.setState({ traced: null })
  }, [isDragging, store])
  useEffect(() => () => clearTimeout(timer.current), [])

  return useMemo(() => {
    const show = (key: string) => {
      const { graph, model, isDragging: isBusy } = latest.current
      if (!isBusy && store.getState().connecting === null) store.setState({ traced: traceOf(graph, model, key) })
    }
    const leave = () => {
      clearTimeout(timer.current)
      if (store.getState().traced !== null) store.setState({ traced: null })
    }
    return {
      enter(key) {
        clearTimeout(timer.current)
        timer.current = setTimeout(() => show(key), rest)
      },
      leave,
      onFocus({ target }) {
        const key = target.matches(':focus-visible')
          ? target.closest<HTMLElement>('.react-flow__node')?.dataset['id']
          : undefined
        if (key === undefined) leave()
        else show(key)
      },
    }
  }, [latest, store])
}

/** Null where the card is no stage's. */
function traceOf(graph: StageGraph, { edges }: GraphModel, key: string): Traced | null {
  const stage = graph.stages.find(({ id }) => id === key)?.id
  if (stage === undefined) return null
  const into: ReadonlySet<string> = relatedStages(graph, stage, 'needed').add(stage)
  const outOf: ReadonlySet<string> = relatedStages(graph, stage, 'needing').add(stage)
  const onWay = edges.filter(({ from, to }) => into.has(to) || (outOf.has(from) && outOf.has(to)))
  return {
    cards: new Set([...into, ...outOf, ...onWay.map(({ from }) => from)]),
    edges: new Set(onWay.map(({ id }) => id)),
  }
}
