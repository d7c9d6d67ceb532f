import type { Session } from '../source/session.ts'
import type { RunCommand } from './run-command.ts'
import type { Workspace } from './workspace-state.ts'

interface CommandTargets {
  readonly session: Session
  readonly workspace: Workspace
  readonly startBuild: () => void
  readonly stopBuild: () => void
  readonly toggleOutline: () => void
  readonly toggleDrawer: () => void
}

/** What every command does, whether a key, a menu or a button asked for it. */
export function createCommandRunner(targets: CommandTargets): RunCommand {
  const { session, workspace } = targets
  return command => {
    switch (command) {
      case 'file.open':
        return workspace.chooseOpen()
      case 'file.save':
        return void workspace.save()
      case 'file.saveAs':
        return void workspace.chooseSaveAs()
      case 'file.discard':
        return workspace.discardForClosing()
      case 'file.close':
        return workspace.closeDocument()
      case 'edit.undo':
        return session.undo()
      case 'edit.redo':
        return session.redo()
      case 'build.start':
        return targets.startBuild()
      case 'build.stop':
        return targets.stopBuild()
      case 'view.outline':
        return targets.toggleOutline()
      case 'view.drawer':
        return targets.toggleDrawer()
      case 'problems.next':
        return showNextProblem(session)
    }
  }
}

function showNextProblem(session: Session): void {
  const { analysis, editor } = session.store.getState()
  const cursor = editor.selection.main.head
  const ordered = analysis.diagnostics.toSorted((a, b) => a.range.from - b.range.from)
  const next = ordered.find(diagnostic => diagnostic.range.from > cursor) ?? ordered[0]
  if (next) session.reveal(next.range, true)
}
