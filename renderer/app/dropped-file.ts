import { notify } from '../ui/notices.ts'
import type { Workspace } from './workspace-state.ts'

/** Opens a file dropped into the window: by its path where the host tells it, otherwise as a document not yet on disk. */
export async function openDropped(file: File, workspace: Workspace): Promise<void> {
  const path = window.slipwayBridge?.pathForFile(file) ?? ''
  if (path !== '') {
    workspace.leaveDocument(() => void workspace.openPath(path))
    return
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer())
    workspace.leaveDocument(() => {
      workspace.openText(file.name, text)
      notify('A browser does not tell where a dropped file lies, so this is a copy. Save as chooses its place.')
    })
  } catch {
    notify(`${file.name} is not UTF-8 text, so it was not opened.`, 'error')
  }
}
