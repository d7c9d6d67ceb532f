import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Analysis } from '../../shared/analysis.ts'
import { nodeKey } from '../../shared/drawing/card-model.ts'
import type { StageGraph } from '../../shared/graph/stage-graph.ts'
import type { Session } from '../source/session.ts'

/** How long typing rests before what it made of the cards is believed. */
const restMilliseconds = 400

interface SettledAnalysis {
  readonly store: StoreApi<{ readonly analysis: Analysis }>
  /** Until the returned function is called. */
  readonly follow: () => () => void
}

/**
 * The analysis as the canvas is to draw it. While a name is typed letter by letter, cards neither come nor go with every
 * letter: a change that would make them does so once the typing rests. All else shows at once.
 */
export function settledAnalysis(session: Session): SettledAnalysis {
  const now = () => ({ analysis: session.store.getState().analysis })
  const store = createStore(now)
  return {
    store,
    follow() {
      let timer: ReturnType<typeof setTimeout> | undefined
      const settle = () => store.setState(now())
      settle()
      const leave = session.store.subscribe(({ analysis, isTyped }, before) => {
        if (analysis === before.analysis) return
        clearTimeout(timer)
        if (!isTyped || haveSameCards(analysis.graph, store.getState().analysis.graph)) settle()
        else timer = setTimeout(settle, restMilliseconds)
      })
      return () => {
        clearTimeout(timer)
        leave()
      }
    },
  }
}

function haveSameCards(a: StageGraph, b: StageGraph): boolean {
  if (a === b) return true
  const stages = a.stages.length === b.stages.length && a.stages.every(({ id }, at) => id === b.stages[at]?.id)
  if (!stages) return false
  const isAlike = a.edges.length === b.edges.length
  // What did not change is the same object: only a change of what is taken looks at all of it.
  if (isAlike && a.edges.every((edge, at) => edge === b.edges[at])) return true
  const [cards, others] = [takenFrom(a), takenFrom(b)]
  return cards.size === others.size && [...cards].every(card => others.has(card))
}

function takenFrom({ edges }: StageGraph): ReadonlySet<string> {
  return new Set(edges.map(({ from }) => nodeKey(from)))
}
