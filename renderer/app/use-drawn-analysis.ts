import { useCallback, useDeferredValue, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import { useLatest } from '../graph/use-latest.ts'
import type { Session } from '../source/session.ts'
import { beforeActing } from './before-acting.ts'
import { settledAnalysis } from './settled-analysis.ts'

interface DrawnAnalysis {
  readonly drawn: Analysis
  /** Draws the text as it stands before it returns. Not while drawing. */
  readonly catchUp: () => void
}

/**
 * The analysis that is drawn, a moment behind the keyboard. Whoever presses a key or a button in what `region` matches
 * means the text as it stands: that is drawn first, so that no gesture is worked out on an older one.
 */
export function useDrawnAnalysis(session: Session, region: string): DrawnAnalysis {
  const live = useStore(session.store, state => state.analysis)
  const [settled] = useState(() => settledAnalysis(session))
  useEffect(() => settled.follow(), [settled])
  const deferred = useDeferredValue(useStore(settled.store, state => state.analysis))
  const [caughtUp, setCaughtUp] = useState<Analysis | null>(null)
  const drawn = caughtUp === live ? live : deferred
  const shown = useLatest(drawn)

  const catchUp = useCallback(() => {
    const { analysis } = session.store.getState()
    if (shown.current.file.text === analysis.file.text) return
    settled.store.setState({ analysis })
    flushSync(() => setCaughtUp(analysis))
  }, [session, settled, shown])

  useEffect(() => beforeActing(region, catchUp), [region, catchUp])
  return { drawn, catchUp }
}
