/** What a menu, a shortcut or a button can ask for. Menu and window read this one table. */
export const commands = {
  'file.open': { title: 'Open…', keys: 'Mod+O' },
  'file.save': { title: 'Save', keys: 'Mod+S' },
  'file.saveAs': { title: 'Save as…', keys: 'Mod+Shift+S' },
  /** Asked for by a window that closes: forget what is unsaved, then say that nothing is. */
  'file.discard': { title: 'Discard changes', keys: '' },
  'file.close': { title: 'Close file', keys: 'Mod+Alt+W' },
  'edit.undo': { title: 'Undo', keys: 'Mod+Z' },
  'edit.redo': { title: 'Redo', keys: 'Mod+Shift+Z' },
  'build.start': { title: 'Build', keys: 'Mod+B' },
  'build.stop': { title: 'Stop the build', keys: 'Mod+.' },
  'view.outline': { title: 'Show or hide the outline', keys: 'Mod+Shift+O' },
  'view.drawer': { title: 'Show or hide the lower panel', keys: 'Mod+J' },
  'problems.next': { title: 'Next problem', keys: 'F8' },
} as const satisfies Record<string, { readonly title: string; readonly keys: string }>

export type CommandId = keyof typeof commands

export function isCommandId(value: unknown): value is CommandId {
  return typeof value === 'string' && Object.hasOwn(commands, value)
}
