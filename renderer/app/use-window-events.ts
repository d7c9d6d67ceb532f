import { useEffect } from 'react'
import { isCommandId } from '../../shared/commands.ts'
import { openDropped } from './dropped-file.ts'
import type { RunCommand } from './run-command.ts'
import { commandOf } from './shortcuts.ts'
import type { Workspace } from './workspace-state.ts'

/** Shortcuts, the menu's commands and files dropped anywhere in the window. */
export function useWindowEvents(run: RunCommand, workspace: Workspace): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event)
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog') !== null
      const inText = event.target instanceof HTMLElement && event.target.closest('.cm-editor') !== null
      if (!command || event.defaultPrevented) return
      if (command.startsWith('edit.') && (typing || inText)) return
      event.preventDefault()
      run(command)
    }
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      // The text pane would write the file's content into the open document.
      event.stopPropagation()
      void openDropped(file, workspace)
    }
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('drop', onDrop, true)
    window.addEventListener('dragover', onDragOver)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('drop', onDrop, true)
      window.removeEventListener('dragover', onDragOver)
    }
  }, [run, workspace])

  useEffect(
    () =>
      window.slipwayBridge?.onCommand(command => {
        if (isCommandId(command)) run(command)
      }),
    [run],
  )
}
