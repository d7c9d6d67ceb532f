import type { CommandHandlers } from '../commands/command-registry.ts'
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
    'stage.moveUp': () => moveSelected(session, moveStageUp),
    'stage.moveDown': () => moveSelected(session, moveStageDown),
    'view.outline': targets.toggleOutline,
    'view.drawer': targets.toggleDrawer,
    'view.context': targets.showContext,
    'view.inspector': () => showOtherPane(workspace),
    'problems.next': () => showNextProblem(session),
  }
  return { 'build.stop': targets.stopBuild, ...(targets.hasDocument ? ofDocument : {}) }
}

function showOtherPane(workspace: Workspace): void {
  const next = workspace.store.getState().settings.sidePane === 'text' ? 'inspector' : 'text'
  const tab = document.getElementById(`side-tab-${next}`)
  if (tab !== null) workspace.changeSettings({ sidePane: next })
  // In a wide window both are there.
  ;(tab ?? document.getElementById('side-inspector'))?.focus()
}

function moveSelected(session: Session, move: typeof moveStageUp): void {
  const { analysis, selection } = session.store.getState()
  const stage = selection.kind === 'stage' || selection.kind === 'step' ? selection.stage : null
  if (stage === null) notify('Select a stage first.')
  else if (performIn(session, analysis.file.text, move(analysis, stage))) session.select({ kind: 'stage', stage })
}

function showNextProblem(session: Session): void {
  const { analysis, editor } = session.store.getState()
  const cursor = editor.selection.main.head
  const ordered = analysis.diagnostics.toSorted((a, b) => a.range.from - b.range.from)
  const next = ordered.find(diagnostic => diagnostic.range.from > cursor) ?? ordered[0]
  if (next) session.reveal(next.range, true)
}
