import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { Button, Dialog } from '../ui/controls.tsx'
import type { Desk } from './desk.ts'
import { PathDialog } from './PathDialog.tsx'
import { useDocument } from './use-document.ts'
import type { Workspace } from './workspace-state.ts'
import { loadPart } from '../ui/load-part.ts'

const DiffView = lazy(async () => ({ default: (await loadPart(() => import('../source/DiffView.tsx'))).DiffView }))

/** Whatever must be asked before the document may go on. At most one at a time. */
export function DocumentDialogs({ host, desk, workspace }: { host: HostApi; desk: Desk | null; workspace: Workspace }) {
  const dialog = useStore(workspace.store, state => state.dialog)
  const conflict = useStore(workspace.store, state => state.conflict)
  const name = useDocument(desk, state => state.document?.name ?? '', '')
  const path = useDocument(desk, state => state.document?.path ?? null, null)
  const dismiss = () => workspace.show('none')
  switch (dialog) {
    case 'none':
      return null
    case 'open':
      return (
        <PathDialog
          host={host}
          purpose="open"
          path={path}
          onDismiss={dismiss}
          onChoose={chosen => {
            dismiss()
            void workspace.openPath(chosen)
          }}
        />
      )
    case 'save-as':
      return (
        <PathDialog
          host={host}
          purpose="save-as"
          path={path}
          onDismiss={dismiss}
          onChoose={chosen => void workspace.saveAs(chosen)}
        />
      )
    case 'unsaved': {
      const choose = (choice: 'save' | 'discard' | 'cancel') => void workspace.resolveUnsaved(choice)
      return (
        <Dialog
          title={`Save the changes to ${name}?`}
          onDismiss={() => choose('cancel')}
          actions={
            <>
              <Button variant="danger" onClick={() => choose('discard')}>
                Don’t save
              </Button>
              <Button onClick={() => choose('cancel')}>Cancel</Button>
              <Button variant="primary" onClick={() => choose('save')}>
                Save
              </Button>
            </>
          }
        >
          <p>Without saving, what you changed since the last save is lost.</p>
        </Dialog>
      )
    }
    case 'conflict': {
      const choose = (choice: 'disk' | 'mine' | 'cancel') => void workspace.resolveConflict(choice)
      return (
        <Dialog
          title={`${name} changed on disk`}
          size="large"
          onDismiss={() => choose('cancel')}
          actions={
            <>
              <Button onClick={() => choose('cancel')}>Cancel</Button>
              <Button disabled={typeof conflict?.diskText !== 'string'} onClick={() => choose('disk')}>
                Take what is on disk
              </Button>
              <Button variant="danger" disabled={conflict === null} onClick={() => choose('mine')}>
                Write mine over it
              </Button>
            </>
          }
        >
          {conflict === null ? (
            <p>Reading what is on disk…</p>
          ) : conflict.diskText === null ? (
            <p>The file on disk is no longer UTF-8 text, so it cannot be shown.</p>
          ) : (
            <>
              <p>
                Below: from what is on disk (red) to what is in the editor (green). Taking the disk’s text can be
                undone.
              </p>
              <Suspense fallback={<div className="diff-view" />}>
                <DiffView before={conflict.diskText} after={desk?.session.text() ?? ''} />
              </Suspense>
            </>
          )}
        </Dialog>
      )
    }
  }
}
