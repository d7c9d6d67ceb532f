/** In the order of the menus. */
export const commandGroups = ['File', 'Edit', 'View', 'Canvas', 'Stage', 'Build'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** What a menu, a shortcut, a button or the command palette can ask for. All of them read this one table. */
export interface Command {
  readonly title: string
  /** Its menu, and its heading in the command palette; null for what only the program itself asks for. */
  readonly group: CommandGroup | null
  /** The chord it has until another is chosen (`key-chords.ts`); '' for none. */
  readonly keys: string
  /** Another one that hands know from elsewhere; it counts while no command has it, and is not shown. */
  readonly also?: string
  /** Whether the chord counts only while the canvas has the focus: single letters are for typing elsewhere. */
  readonly onCanvas?: true
  /** Said where the command cannot be run now. */
  readonly needs?: string
}

const aDocument = 'Open a Dockerfile first.'
const anEngine = 'Building takes an open Dockerfile and an engine that answers: see the engine chip.'
const aStage = 'Select a stage first.'
const anEdge = 'Select an edge first.'
const severalStages = 'Select several stages first.'
const threeStages = 'Select three stages or more first.'
const somethingSelected = 'Select a stage or an edge first.'

export const commands = {
  'file.open': { title: 'Open…', group: 'File', keys: 'Mod+O' },
  'file.save': { title: 'Save', group: 'File', keys: 'Mod+S', needs: aDocument },
  'file.saveAs': { title: 'Save as…', group: 'File', keys: 'Mod+Shift+S', needs: aDocument },
  /** Asked for by a window that closes: forget what is unsaved, then say that nothing is. */
  'file.discard': { title: 'Discard changes', group: null, keys: '' },
  'file.close': { title: 'Close file', group: 'File', keys: 'Mod+Alt+W', needs: aDocument },
  'edit.undo': { title: 'Undo', group: 'Edit', keys: 'Mod+Z', needs: aDocument },
  'edit.redo': { title: 'Redo', group: 'Edit', keys: 'Mod+Shift+Z', also: 'Mod+Y', needs: aDocument },
  'build.start': { title: 'Build', group: 'Build', keys: 'Mod+B', needs: anEngine },
  'build.form': { title: 'Build with options…', group: 'Build', keys: 'Mod+Shift+B', needs: aDocument },
  'build.failure': {
    title: 'Show where the build failed',
    group: 'Build',
    keys: 'Shift+F8',
    needs: 'No build has failed.',
  },
  'build.stop': { title: 'Stop the build', group: 'Build', keys: 'Mod+.', needs: 'No build is running.' },
  'view.commands': { title: 'All commands…', group: 'View', keys: 'Mod+K' },
  'view.shortcuts': { title: 'Shortcuts…', group: 'View', keys: 'Mod+Alt+K' },
  'view.outline': { title: 'Show or hide the outline', group: 'View', keys: 'Mod+Shift+O', needs: aDocument },
  'view.drawer': { title: 'Show or hide the lower panel', group: 'View', keys: 'Mod+J', needs: aDocument },
  'view.context': { title: 'Show the files of the build context', group: 'View', keys: '', needs: aDocument },
  'view.inspector': { title: 'Go to the text or the inspector', group: 'View', keys: 'Mod+I', needs: aDocument },
  'view.nextPane': { title: 'Go to the next pane', group: 'View', keys: 'F6' },
  'view.previousPane': { title: 'Go to the previous pane', group: 'View', keys: 'Shift+F6' },
  'view.theme': { title: 'Next theme: system, light, dark', group: 'View', keys: '' },
  'problems.next': { title: 'Next problem', group: 'View', keys: 'F8', needs: aDocument },
  'canvas.fit': { title: 'Fit the graph', group: 'Canvas', keys: '1', onCanvas: true, needs: aDocument },
  'canvas.actualSize': { title: 'Zoom to 100 %', group: 'Canvas', keys: '0', onCanvas: true, needs: aDocument },
  'canvas.zoomIn': { title: 'Zoom in', group: 'Canvas', keys: 'Plus', onCanvas: true, needs: aDocument },
  'canvas.zoomOut': { title: 'Zoom out', group: 'Canvas', keys: '-', onCanvas: true, needs: aDocument },
  'canvas.tidy': { title: 'Tidy: lay everything out anew', group: 'Canvas', keys: '', needs: aDocument },
  'canvas.context': { title: 'Show or hide the build context', group: 'Canvas', keys: '', needs: aDocument },
  'canvas.export': { title: 'Export the graph…', group: 'Canvas', keys: '', needs: aDocument },
  'canvas.addPanel': {
    title: 'Show or hide the list to add from',
    group: 'Canvas',
    keys: 'Shift+A',
    onCanvas: true,
    needs: aDocument,
  },
  'canvas.addStage': { title: 'Add a stage…', group: 'Canvas', keys: 'A', onCanvas: true, needs: aDocument },
  'variants.change': {
    title: 'Change the variant',
    group: 'Canvas',
    keys: 'Mod+Alt+V',
    needs: 'This file has no ARG that its stages depend on.',
  },
  'variants.reset': {
    title: 'Reset the variant to the defaults',
    group: 'Canvas',
    keys: '',
    needs: 'The defaults hold already.',
  },
  'canvas.selectAll': { title: 'Select all stages', group: 'Canvas', keys: 'Mod+A', onCanvas: true, needs: aDocument },
  'canvas.fitSelection': { title: 'Fit the selection', group: 'Canvas', keys: '2', onCanvas: true, needs: aStage },
  'canvas.tidySelection': { title: 'Tidy the selection', group: 'Canvas', keys: '', needs: severalStages },
  'canvas.alignLeft': { title: 'Align left sides', group: 'Canvas', keys: '', needs: severalStages },
  'canvas.alignCentre': { title: 'Align centres in a column', group: 'Canvas', keys: '', needs: severalStages },
  'canvas.alignTop': { title: 'Align tops', group: 'Canvas', keys: '', needs: severalStages },
  'canvas.alignMiddle': { title: 'Align centres in a row', group: 'Canvas', keys: '', needs: severalStages },
  'canvas.spreadAcross': { title: 'Make the gaps in a row equal', group: 'Canvas', keys: '', needs: threeStages },
  'canvas.spreadDown': { title: 'Make the gaps in a column equal', group: 'Canvas', keys: '', needs: threeStages },
  'canvas.nextEdge': { title: 'Next edge of this card', group: 'Canvas', keys: 'E', onCanvas: true, needs: aDocument },
  'canvas.previousEdge': {
    title: 'Previous edge of this card',
    group: 'Canvas',
    keys: 'Shift+E',
    onCanvas: true,
    needs: aDocument,
  },
  'canvas.moveLeft': { title: 'Move left', group: 'Canvas', keys: 'Shift+ArrowLeft', onCanvas: true, needs: aStage },
  'canvas.moveRight': { title: 'Move right', group: 'Canvas', keys: 'Shift+ArrowRight', onCanvas: true, needs: aStage },
  'canvas.moveUp': { title: 'Move up', group: 'Canvas', keys: 'Shift+ArrowUp', onCanvas: true, needs: aStage },
  'canvas.moveDown': { title: 'Move down', group: 'Canvas', keys: 'Shift+ArrowDown', onCanvas: true, needs: aStage },
  'canvas.paste': { title: 'Paste stages', group: 'Canvas', keys: 'Mod+V', onCanvas: true, needs: aDocument },
  'canvas.deselect': {
    title: 'Select nothing',
    group: 'Canvas',
    keys: 'Escape',
    onCanvas: true,
    needs: somethingSelected,
  },
  'stage.showText': {
    title: 'Show in the text',
    group: 'Stage',
    keys: 'Enter',
    onCanvas: true,
    needs: somethingSelected,
  },
  'stage.rename': { title: 'Rename', group: 'Stage', keys: 'F2', onCanvas: true, needs: aStage },
  'stage.connect': { title: 'Copy from this stage…', group: 'Stage', keys: 'C', onCanvas: true, needs: aStage },
  'stage.copyContext': { title: 'Copy from the build context…', group: 'Stage', keys: '', needs: aStage },
  'stage.addNext': { title: 'New stage from this…', group: 'Stage', keys: 'Shift+C', onCanvas: true, needs: aStage },
  'stage.changeBase': { title: 'Change base…', group: 'Stage', keys: 'B', onCanvas: true, needs: aStage },
  'stage.select': {
    title: 'Add to the selection, or take from it',
    group: 'Stage',
    keys: 'Shift+Space',
    onCanvas: true,
    needs: aStage,
  },
  'stage.selectNeeded': { title: 'Select what this stage needs', group: 'Stage', keys: '', needs: aStage },
  'stage.selectNeeding': { title: 'Select what needs this stage', group: 'Stage', keys: '', needs: aStage },
  'stage.lock': { title: 'Lock or unlock the place', group: 'Stage', keys: 'L', onCanvas: true, needs: aStage },
  'stage.copy': { title: 'Copy', group: 'Stage', keys: 'Mod+C', onCanvas: true, needs: aStage },
  'stage.cut': { title: 'Cut', group: 'Stage', keys: 'Mod+X', onCanvas: true, needs: aStage },
  'stage.duplicate': { title: 'Duplicate', group: 'Stage', keys: 'Mod+D', onCanvas: true, needs: aStage },
  'stage.moveUp': { title: 'Move up in the file', group: 'Stage', keys: 'Alt+ArrowUp', needs: aStage },
  'stage.moveDown': { title: 'Move down in the file', group: 'Stage', keys: 'Alt+ArrowDown', needs: aStage },
  'stage.remove': { title: 'Delete', group: 'Stage', keys: 'Delete', onCanvas: true, needs: somethingSelected },
  'edge.change': { title: 'Change what is taken…', group: 'Stage', keys: 'P', onCanvas: true, needs: anEdge },
  'edge.reconnect': { title: 'Take from another stage…', group: 'Stage', keys: 'R', onCanvas: true, needs: anEdge },
  'edge.move': { title: 'Move to another stage…', group: 'Stage', keys: 'M', onCanvas: true, needs: anEdge },
  'stage.build': { title: 'Build to this stage', group: 'Stage', keys: '', needs: `${aStage} ${anEngine}` },
  'stage.files': {
    title: 'Show the files of this stage',
    group: 'Stage',
    keys: '',
    needs: 'Build a stage, then select it.',
  },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof commands
export const commandIds = Object.keys(commands) as readonly CommandId[]

export function isCommandId(value: unknown): value is CommandId {
  return typeof value === 'string' && Object.hasOwn(commands, value)
}

export function commandOf(id: CommandId): Command {
  return commands[id]
}
