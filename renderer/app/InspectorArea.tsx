import { startTransition, useCallback, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import type { Applied, Inspected } from '../inspector/inspected.ts'
import type { Session } from '../source/session.ts'
import { beforeActing } from './before-acting.ts'
import { notify } from '../ui/notices.ts'
import type { Workspace } from './workspace-state.ts'

interface InspectorAreaProps {
  readonly session: Session
  readonly workspace: Workspace
  readonly drafts: Inspected['drafts']
}

/** The inspector, fed from the session, a moment behind typing in the text. */
export function InspectorArea({ session, workspace, drafts }: InspectorAreaProps) {
  const held = useStore(workspace.store, state => state.images)
  const images = useMemo(() => held.map(image => image.reference), [held])
  const [{ analysis, selection, selectionNumber }, draw] = useState(session.store.getState)
  useEffect(() => {
    const follow = () => startTransition(() => draw(session.store.getState()))
    follow()
    return session.store.subscribe(follow)
  }, [session])
  useEffect(() => beforeActing('.inspector', () => flushSync(() => draw(session.store.getState()))), [session])

  const apply = useCallback(
    (outcome: EditOutcome): Applied => {
      if (analysis.file.text !== session.store.getState().analysis.file.text)
        return { kind: 'refused', reason: 'The text changed a moment ago. Nothing was written: do that again.' }
      if (outcome.kind === 'refused') return outcome
      if (outcome.edits.length === 0) return { kind: 'unchanged' }
      session.edit(outcome.title, outcome.edits)
      // What a field wrote is shown at once: a box that was ticked must not spring back for a moment.
      draw(session.store.getState())
      for (const warning of outcome.warnings) notify(warning)
      return { kind: 'written' }
    },
    [session, analysis],
  )
  const showText = useCallback((range: TextRange) => session.reveal(range, true), [session])
  const inspected = useMemo(
    () => ({ analysis, drafts, images, apply, select: session.select, showText }),
    [analysis, drafts, images, apply, session, showText],
  )
  return <Inspector inspected={inspected} selection={selection} selectionNumber={selectionNumber} />
}
