import { app, type MenuItemConstructorOptions } from 'electron'
import { type CommandId, commands } from '../shared/commands.ts'
import { chordFor, type Chord, type ChosenShortcuts } from '../shared/key-chords.ts'

/** What a menu entry does outside the page. */
export interface MenuActions {
  newWindow(): void
  /** Has the page in the window with this id do what a command stands for. */
  send(window: number, command: CommandId): void
}

/**
 * The application's menu. Commands come from the table the page reads too; except on macOS, where the system wants
 * them here, their keys are only shown and the page answers them, so that one place decides what a key means.
 */
export const applicationMenu = (
  platform: NodeJS.Platform,
  chosen: ChosenShortcuts,
  actions: MenuActions,
): MenuItemConstructorOptions[] => {
  const entry = (id: CommandId): MenuItemConstructorOptions => ({
    id,
    label: commands[id].title,
    ...accelerator(chordFor(id, chosen)),
    registerAccelerator: platform === 'darwin',
    click: (_entry, window) => {
      if (window !== undefined) actions.send(window.id, id)
    },
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const mac = platform === 'darwin'

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
        entry('file.open'),
        separator,
        entry('file.save'),
        entry('file.saveAs'),
        separator,
        entry('file.close'),
        { role: mac ? 'close' : 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        entry('edit.undo'),
        entry('edit.redo'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: 'Build', submenu: [entry('build.start'), entry('build.stop')] },
    {
      label: 'View',
      submenu: [
        entry('view.commands'),
        entry('view.shortcuts'),
        separator,
        entry('view.outline'),
        entry('view.drawer'),
        entry('problems.next'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ]
}

/** Electron's own words for a chord; nothing for none. */
function accelerator(chord: Chord): { accelerator?: string } {
  if (chord === '') return {}
  const names: Readonly<Record<string, string>> = { Mod: 'CmdOrCtrl', Ctrl: 'Control', Escape: 'Esc' }
  return {
    accelerator: chord
      .split('+')
      .map(part => names[part] ?? part.replace(/^Arrow/, ''))
      .join('+'),
  }
}
