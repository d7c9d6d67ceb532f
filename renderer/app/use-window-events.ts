import { useCallback, useEffect } from 'react'
import { commandOf, isCommandId, type CommandId } from '../../shared/commands.ts'
import { chordOf, type Chord } from '../../shared/key-chords.ts'
import { isApple } from '../commands/use-commands.ts'
import { openDropped } from './dropped-file.ts'
import { notify } from '../ui/notices.ts'
import type { Workspace } from './workspace-state.ts'

/** Shortcuts, the menu's commands and files dropped anywhere in the window. */
export function useWindowEvents(
  run: (command: CommandId) => boolean,
  chords: ReadonlyMap<Chord, CommandId>,
  workspace: Workspace,
): void {
  const runOrSay = useCallback((command: CommandId) => runOnceOpened(command, run, workspace), [run, workspace])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = chords.get(chordOf(event, isApple) ?? '')
      if (command === undefined || event.defaultPrevented || commandOf(command).onCanvas) return
      const isIn = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null
      if (/^(edit|stage)\./.test(command) && isIn('input, textarea, select, dialog, .cm-editor')) return
      // One dialog at a time.
      if (command.startsWith('view.') && isIn('dialog')) return
      event.preventDefault()
      runOrSay(command)
    }
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      const isOnCanvas = event.target instanceof Element && event.target.closest('.graph-pane') !== null
      // A card takes what is dropped on it; the rest of the canvas leaves it to the window.
      if (!file || event.defaultPrevented || (isOnCanvas && event.eventPhase === Event.CAPTURING_PHASE)) return
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
    window.addEventListener('drop', onDrop)
    window.addEventListener('dragover', onDragOver)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('drop', onDrop, true)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('dragover', onDragOver)
    }
  }, [runOrSay, chords, workspace])

  useEffect(
    () =>
      window.slipwayBridge?.onCommand(command => {
        if (isCommandId(command)) runOrSay(command)
      }),
    [runOrSay],
  )
}

/** A key that comes while a document is being opened counts once it is there. */
function runOnceOpened(command: CommandId, run: (command: CommandId) => boolean, workspace: Workspace): void {
  if (run(command)) return
  const isOpening = () => workspace.store.getState().starting || workspace.store.getState().busy
  if (!isOpening()) {
    const { needs } = commandOf(command)
    if (needs !== undefined) notify(needs)
    return
  }
  const stop = workspace.store.subscribe(() => {
    if (isOpening()) return
    stop()
    // The parts of the window have said by then what they can do.
    setTimeout(() => runOnceOpened(command, run, workspace))
  })
}
