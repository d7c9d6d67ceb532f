import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { Session } from '../source/session.ts'
import { notify } from '../ui/notices.ts'

/**
 * Writes a gesture's edits as one undo step, or says why not; `text` is what it was worked out for. Returns whether
 * something was written; `said` tells then what else it did, with a way to undo it.
 */
export function performIn(session: Session, text: string, outcome: EditOutcome, said?: string): boolean {
  // What is shown follows the text a moment later; offsets into an older text would cut it in the wrong place.
  if (text !== session.store.getState().analysis.file.text) {
    notify('The text changed a moment ago, before this was shown. Nothing was changed; do that again.', 'error')
    return false
  }
  if (outcome.kind === 'refused') {
    notify(outcome.reason, 'error')
    return false
  }
  session.edit(outcome.title, outcome.edits)
  const undo = () => {
    // What was done since is not meant.
    if (session.store.getState().undoes === outcome.title) session.undo()
  }
  if (said !== undefined) notify(said, 'neutral', { label: 'Undo', run: undo })
  for (const warning of outcome.warnings) notify(warning)
  return true
}
