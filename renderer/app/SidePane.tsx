import { FileText, SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { Session } from '../source/session.ts'
import { SourcePane } from '../source/SourcePane.tsx'
import { InspectorArea } from './InspectorArea.tsx'
import './side-pane.css'
import { useWide } from './use-wide.ts'
import type { Workspace } from './workspace-state.ts'

const tabs = [
  { id: 'text', title: 'Text', icon: FileText },
  { id: 'inspector', title: 'Inspector', icon: SlidersHorizontal },
] as const

/** The text and the inspector: one behind the other, or side by side where the window is wide. */
export function SidePane({ session, workspace }: { readonly session: Session; readonly workspace: Workspace }) {
  const chosen = useStore(workspace.store, state => state.settings.sidePane)
  const [drafts] = useState(() => new Map<string, string>())
  const isWide = useWide()

  // The cursor goes into the text only once that is on the screen.
  const textAsked = useStore(session.store, state => state.textAsked)
  const answered = useRef(textAsked)
  useEffect(() => {
    if (textAsked === answered.current) return
    if (chosen !== 'text' && !isWide) return workspace.changeSettings({ sidePane: 'text' })
    answered.current = textAsked
    session.focus()
  }, [textAsked, chosen, isWide, session, workspace])

  const inspector = <InspectorArea session={session} workspace={workspace} drafts={drafts} />
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = chosen === 'text' ? 'inspector' : 'text'
    workspace.changeSettings({ sidePane: other })
    document.getElementById(`side-tab-${other}`)?.focus()
  }
  if (isWide)
    return (
      <div className="side-pane" data-wide>
        <SourcePane session={session} />
        <section id="side-inspector" className="side-inspector" aria-label="Inspector" tabIndex={-1}>
          {inspector}
        </section>
      </div>
    )
  return (
    <div className="side-pane">
      <div className="side-tabs" role="tablist" aria-label="Text and inspector" onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, icon: Icon }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`side-tab-${id}`}
            className="drawer-tab"
            aria-selected={chosen === id}
            aria-controls={`side-${id}`}
            tabIndex={chosen === id ? 0 : -1}
            onClick={() => workspace.changeSettings({ sidePane: id })}
          >
            <Icon size={14} aria-hidden />
            {title}
          </button>
        ))}
      </div>
      <div
        id="side-text"
        role="tabpanel"
        aria-labelledby="side-tab-text"
        className="side-panel"
        data-hidden={chosen !== 'text'}
      >
        <SourcePane session={session} />
      </div>
      <div
        id="side-inspector"
        role="tabpanel"
        aria-labelledby="side-tab-inspector"
        className="side-panel"
        data-hidden={chosen !== 'inspector'}
      >
        {chosen === 'inspector' && inspector}
      </div>
    </div>
  )
}
