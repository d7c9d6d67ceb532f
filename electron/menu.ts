import { app, type MenuItemConstructorOptions } from 'electron'
import {
  type CommandGroup,
  commandGroups,
  type CommandId,
  commandIds,
  commandOf,
  commands,
} from '../shared/commands.ts'
import { chordFor, type Chord, type ChosenShortcuts } from '../shared/key-chords.ts'

/** What a menu entry does outside the page. */
export interface MenuActions {
  newWindow(): void
  /** Has the page in the window with this id do what a command stands for. */
  send(window: number, command: CommandId): void
}

/**
 * The application's menu: the commands of the table the page reads too, a menu a group. Except on macOS, where the
 * system wants them here, their keys are only shown and the page answers them, so that one place decides what a key
 * means; chords of the canvas would be taken from typing there, and are left to it.
 */
export const applicationMenu = (
  platform: NodeJS.Platform,
  chosen: ChosenShortcuts,
  actions: MenuActions,
): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const entry = (id: CommandId): MenuItemConstructorOptions => ({
    id,
    label: commands[id].title,
    ...(mac && commandOf(id).onCanvas ? {} : accelerator(chordFor(id, chosen))),
    registerAccelerator: mac,
    click: (_entry, window) => {
      if (window !== undefined) actions.send(window.id, id)
    },
  })
  const group = (name: CommandGroup): MenuItemConstructorOptions[] =>
    commandIds
      .filter(id => commandOf(id).group === name)
      .flatMap(id => (belowRule.has(id) ? [separator, entry(id)] : [entry(id)]))
  /** What Electron does by itself stands above or below the commands of the same menu. */
  const besides: Partial<
    Record<CommandGroup, { above?: MenuItemConstructorOptions[]; below: MenuItemConstructorOptions[] }>
  > = {
    File: {
      above: [{ label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() }],
      below: [{ role: mac ? 'close' : 'quit' }],
    },
    Edit: { below: [separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    View: {
      below: [
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
  }

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    ...commandGroups.map(label => {
      const { above = [], below = [] } = besides[label] ?? {}
      return { label, submenu: [...above, ...group(label), ...below] }
    }),
    { role: 'windowMenu' },
  ]
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const belowRule: ReadonlySet<CommandId> = new Set([
  'file.save',
  'file.close',
  'view.outline',
  'view.nextPane',
  'view.theme',
  'canvas.tidy',
  'canvas.addPanel',
  'canvas.selectAll',
  'canvas.alignLeft',
  'canvas.moveLeft',
  'canvas.paste',
  'stage.select',
  'stage.copy',
  'stage.moveUp',
  'edge.change',
  'stage.build',
  'build.stop',
])

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
