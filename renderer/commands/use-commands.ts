import { createContext, useContext, useMemo } from 'react'
import { commandOf, type CommandId } from '../../shared/commands.ts'
import { chordFor, chordTable, shownChord, type Chord, type ChosenShortcuts } from '../../shared/key-chords.ts'
import type { CommandRegistry } from './command-registry.ts'

export const isApple = navigator.userAgent.includes('Mac')

export interface Commands {
  readonly registry: CommandRegistry
  readonly chosen: ChosenShortcuts
}

export const CommandsContext = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = useContext(CommandsContext)
  if (commands === null) throw new Error('A part of the window is drawn without its commands.')
  return commands
}

export function useRunCommand(): (command: CommandId) => boolean {
  return useCommands().registry.run
}

/** Which command a chord stands for. */
export function useChords(): ReadonlyMap<Chord, CommandId> {
  const { chosen } = useCommands()
  return useMemo(() => chordTable(chosen), [chosen])
}

/** The chord of each command, as the platform writes it; '' for none. */
export function useShortcutOf(): (command: CommandId) => string {
  const { chosen } = useCommands()
  return command => shownChord(chordFor(command, chosen), isApple)
}

/** "Save (Ctrl+S)" or "Undo: Move build (Ctrl+Z)": the name of a button that stands for a command. */
export function useTitleOf(): (command: CommandId, what?: string | null) => string {
  const shortcutOf = useShortcutOf()
  return (command, what = null) => {
    const title = commandOf(command).title + (what === null ? '' : `: ${what}`)
    const shortcut = shortcutOf(command)
    return shortcut === '' ? title : `${title} (${shortcut})`
  }
}
