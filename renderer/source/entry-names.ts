import { redoDepth, undoDepth } from '@codemirror/commands'
import { Annotation, StateField, type Transaction } from '@codemirror/state'

/** What people call the undo step that a transaction makes. */
export const entryName = Annotation.define<string>()

interface EntryNames {
  /** The last one is undone next. */
  readonly done: readonly string[]
  /** The last one is redone next. */
  readonly undone: readonly string[]
}

/** The names of the history's entries, which it does not keep itself: pushed and taken as its depth says. */
export const entryNames = StateField.define<EntryNames>({
  create: () => ({ done: [], undone: [] }),
  update({ done, undone }, transaction) {
    if (transaction.isUserEvent('undo')) return { done: done.slice(0, -1), undone: [...undone, ...done.slice(-1)] }
    if (transaction.isUserEvent('redo')) return { done: [...done, ...undone.slice(-1)], undone: undone.slice(0, -1) }
    const depth = undoDepth(transaction.state)
    // Typing goes on in the entry that it began; an old entry is let go of where there are too many.
    const isNew = depth !== undoDepth(transaction.startState)
    return {
      done: isNew ? [...done, nameOf(transaction)].slice(-depth) : done,
      undone: undone.slice(undone.length - redoDepth(transaction.state)),
    }
  },
})

function nameOf(transaction: Transaction): string {
  const name = transaction.annotation(entryName)
  if (name !== undefined) return name
  if (transaction.isUserEvent('input.paste')) return 'Paste text'
  if (transaction.isUserEvent('input')) return 'Type'
  if (transaction.isUserEvent('delete')) return 'Delete text'
  return transaction.isUserEvent('move') ? 'Move text' : 'Change text'
}
