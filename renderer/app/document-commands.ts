import type { CommandHandlers } from '../commands/command-registry.ts'
import { moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import type { Session } from '../source/session.ts'
import { notify } from '../ui/notices.ts'
import { performIn } from './perform.ts'
import type { Workspace } from './workspace-state.ts'

interface CommandTargets {
  readonly session: Session
  readonly workspace: Workspace
  readonly hasDocument: boolean
  /** Null where no engine answers. */
  readonly startBuild: (() => void) | null
  readonly showBuildForm: () => void
  /** Null while no build runs. */
  readonly stopBuild: (() => void) | null
  /** Null where no build has failed. */
  readonly showFailure: (() => void) | null
  readonly toggleOutline: () => void
  readonly toggleDrawer: () => void
  readonly showContext: () => void
}

/** What can be done with a document. */
export function documentCommands(targets: CommandTargets): CommandHandlers {
  const { session, workspace } = targets
  const ofDocument: CommandHandlers = {
    'file.save': () => void workspace.save(),
    'file.saveAs': () => void workspace.chooseSaveAs(),
    'file.discard': workspace.discardForClosing,
    'file.close': workspace.closeDocument,
    'edit.undo': session.undo,
    'edit.redo': session.redo,
    'build.start': targets.startBuild,
    'build.form': targets.showBuildForm,
    'build.failure': targets.showFailure,
    'stage.moveUp': () => moveSelected(session, -1),
    'stage.moveDown': () => moveSelected(session, 1),
    'view.outline': targets.toggleOutline,
    'view.drawer': targets.toggleDrawer,
    'view.context': targets.showContext,
    'view.inspector': () => showOtherPane(workspace),
    'problems.next': () => showNextProblem(session),
  }
  return { 'build.stop': targets.stopBuild, ...(targets.hasDocument ? ofDocument : {}) }
}

function showOtherPane(workspace: Workspace): void {
  goToPane(workspace, workspace.store.getState().settings.sidePane === 'text' ? 'inspector' : 'text')
}

export function goToPane(workspace: Workspace, next: 'text' | 'inspector'): void {
  const tab = document.getElementById(`side-tab-${next}`)
  if (tab !== null) workspace.changeSettings({ sidePane: next })
  // In a wide window both are there.
  ;(tab ?? document.getElementById('side-inspector'))?.focus()
}

/** A step moves within its stage, a stage among the others. */
function moveSelected(session: Session, by: -1 | 1): void {
  const { analysis, selection } = session.store.getState()
  const { text } = analysis.file
  if (selection.kind === 'step') {
    const move = by < 0 ? moveInstructionUp : moveInstructionDown
    const { instruction } = selection
    if (performIn(session, text, move(analysis, instruction)))
      session.select({ ...selection, instruction: instruction + by })
  } else if (selection.kind === 'stage') {
    const move = by < 0 ? moveStageUp : moveStageDown
    if (performIn(session, text, move(analysis, selection.stage)))
      session.select({ kind: 'stage', stage: selection.stage })
  } else notify('Select a stage or a step first.')
}

function showNextProblem(session: Session): void {
  const { analysis, editor } = session.store.getState()
  const cursor = editor.selection.main.head
  const ordered = analysis.diagnostics.toSorted((a, b) => a.range.from - b.range.from)
  const next = ordered.find(diagnostic => diagnostic.range.from > cursor) ?? ordered[0]
  if (next) session.reveal(next.range, true)
}
