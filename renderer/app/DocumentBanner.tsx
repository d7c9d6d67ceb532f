import { useStore } from 'zustand'
import { Button } from '../ui/controls.tsx'
import type { Session } from '../source/session.ts'
import type { Workspace } from './workspace-state.ts'

/** What the disk has done to the file behind the user's back, until it is settled. */
export function DocumentBanner({ session, workspace }: { session: Session; workspace: Workspace }) {
  const conflict = useStore(workspace.store, state => state.conflict)
  const missing = useStore(workspace.store, state => state.missing)
  const dirty = useStore(session.store, state => state.dirty)
  const name = useStore(session.store, state => state.document?.name ?? '')
  if (missing)
    return (
      <div className="banner" data-tone="warning" role="status">
        {name} is no longer on disk. Its text is still here; saving writes it again.
        <Button onClick={() => void workspace.save()}>Save</Button>
      </div>
    )
  if (conflict)
    return (
      <div className="banner" data-tone="warning" role="status">
        {dirty
          ? `${name} changed on disk while it has unsaved changes here.`
          : conflict.diskText === null
            ? `${name} on disk is no longer UTF-8 text that can be read. What it held is still here.`
            : `${name} on disk differs from the text here.`}
        <Button onClick={() => workspace.show('conflict')}>Compare…</Button>
      </div>
    )
  return null
}
