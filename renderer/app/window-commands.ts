import type { CommandHandlers } from '../commands/command-registry.ts'
import { focusNextPane } from './next-pane.ts'
import type { Workspace } from './workspace-state.ts'

interface CommandTargets {
  readonly workspace: Workspace
  readonly showCommands: () => void
  readonly showShortcuts: () => void
}

const themes = ['system', 'light', 'dark'] as const

/** What the window itself does; its document and the canvas add their own. */
export function windowCommands({ workspace, showCommands, showShortcuts }: CommandTargets): CommandHandlers {
  return {
    'file.open': workspace.chooseOpen,
    'view.commands': showCommands,
    'view.shortcuts': showShortcuts,
    'view.nextPane': () => focusNextPane(1),
    'view.previousPane': () => focusNextPane(-1),
    'view.theme'() {
      const { theme } = workspace.store.getState().settings
      workspace.changeSettings({ theme: themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system' })
    },
  }
}
