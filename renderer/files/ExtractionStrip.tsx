import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { displayName } from '../../shared/files/display-name.ts'
import { PathDialog } from '../app/PathDialog.tsx'
import { Button, Dialog } from '../ui/controls.tsx'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { extractionOf } from './extraction.ts'

/** How far an extraction is, and what it has to ask. */
export function ExtractionStrip({ host }: { readonly host: HostApi }) {
  const extraction = extractionOf(host)
  const state = useStore(extraction)
  const cancel = () => extraction.cancel()
  switch (state.kind) {
    case 'idle':
      return null
    case 'asking':
      return (
        <PathDialog
          host={host}
          purpose="folder"
          path={null}
          onDismiss={cancel}
          onChoose={folder => void extraction.start({ ...state.wanted, folder, replace: false })}
        />
      )
    case 'running': {
      const { files = 0, bytes = 0, totalFiles = 0, totalBytes = 0 } = state.progress ?? {}
      return (
        <div className="files-extracting">
          <span role="status">
            {state.progress === null
              ? 'Extracting…'
              : `Extracting ${files} of ${formatCount(totalFiles, 'file')}, ${formatBytes(bytes)} of ${formatBytes(totalBytes)}`}
          </span>
          <progress
            aria-label="Extraction"
            value={totalBytes === 0 ? undefined : bytes}
            max={Math.max(1, totalBytes)}
          />
          <Button onClick={cancel}>Cancel</Button>
        </div>
      )
    }
    case 'taken': {
      const { request, names } = state
      return (
        <Dialog
          title="Replace what is there?"
          onDismiss={cancel}
          actions={
            <>
              <Button variant="danger" onClick={() => void extraction.start({ ...request, replace: true })}>
                Replace
              </Button>
              <Button variant="primary" onClick={cancel}>
                Keep it
              </Button>
            </>
          }
        >
          <p>
            {request.folder} holds {names.map(displayName).join(', ')} already. Replacing takes it away with all that is
            in it.
          </p>
        </Dialog>
      )
    }
  }
}
