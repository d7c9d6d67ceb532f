import { isolateHistory, redo, undo } from '@codemirror/commands'
import { EditorState, Transaction, type StateEffect, type TransactionSpec } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { analyze, type Analysis, type BuildInputs } from '../../shared/analysis.ts'
import type { Placement, PlacementChange } from '../../shared/drawing/placement.ts'
import { sameSurroundings, type Surroundings } from '../../shared/surroundings.ts'
import { changedSpan } from '../../shared/text/changed-span.ts'
import type { TextEdit, TextRange } from '../../shared/text/text-edit.ts'
import { nothingSelected, selectedStages, type Selection } from '../../shared/selection.ts'
import { analysisField, setInputs, setSurroundings } from './analysis-field.ts'
import { entryName, entryNames } from './entry-names.ts'
import { sourceExtensions } from './extensions.ts'
import { gestureTransaction } from './gesture-transaction.ts'
import { flashRanges, markRanges } from './highlighted-range.ts'
import { documentText } from './line-endings.ts'
import { changePlacement, placementField } from './placement-field.ts'
import { lookForProblems, problemsField } from './problems-field.ts'
import { recalledBy, type Recalled } from './recalled.ts'
import { rangeOfSelection, sameSelection, selectionAfter, selectionAt } from './selection-mirror.ts'

/** What the document is, beside its text. */
export interface DocumentIdentity {
  /** Absolute; null for a document never saved. */
  readonly path: string | null
  /** File name, or what an unsaved document is called. */
  readonly name: string
  readonly contextDirectory: string | null
  readonly writable: boolean
}

export interface SessionState {
  /** Null shows the welcome view. */
  readonly document: DocumentIdentity | null
  readonly editor: EditorState
  readonly analysis: Analysis
  readonly selection: Selection
  /** Another number for every other thing selected; the same while the text moves what is selected. */
  readonly selectionNumber: number
  /** Counts how often the cursor was sent into the text pane, which may not be on the screen. */
  readonly textAsked: number
  /** What the disk held when it was last read or written; null for a document never saved. */
  readonly fingerprint: string | null
  readonly dirty: boolean
  /** False for a large file until its cards are on the screen. */
  readonly looksForProblems: boolean
  /** Whether the text changed last by keys that were typed into it. */
  readonly isTyped: boolean
  /** Where cards stand; no part of the text. */
  readonly placement: Placement
  /** The names of what undo and redo would do next; null for nothing. */
  readonly undoes: string | null
  readonly redoes: string | null
  /** What was undone or redone last, a new object every time; null where that is no longer to be seen. */
  readonly recalled: Recalled | null
}

/**
 * The one document. Typing, canvas gestures, reloads and undo are all transactions on its `EditorState`, which lives
 * here and not in any component; the text pane is a view that may come and go.
 */
export interface Session {
  readonly store: StoreApi<SessionState>
  readonly text: () => string
  /**
   * Begins with a document and where its cards have stood; `draft` is unsaved text that came back after a crash: an
   * undoable change on top.
   */
  readonly open: (
    document: DocumentIdentity,
    text: string,
    fingerprint: string | null,
    draft: string | null,
    placement?: Placement,
  ) => void
  readonly close: () => void
  /** Writes a gesture's edits as one undo step and flashes them. */
  readonly edit: (title: string, edits: readonly TextEdit[]) => void
  /** Puts cards elsewhere: an undo step of its own by that name, or none for null. The text does not change. */
  readonly place: (title: string | null, change: PlacementChange) => void
  /** Takes over what stands on disk as one undoable step; the document is clean afterwards. */
  readonly reload: (text: string, fingerprint: string) => void
  /** `text` was written to disk (typing may have gone on meanwhile). */
  readonly saved: (text: string, fingerprint: string, document: DocumentIdentity) => void
  /** The disk holds something else, and the user keeps what is in the editor. */
  readonly keepOver: (fingerprint: string) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly select: (selection: Selection) => void
  readonly setInputs: (inputs: BuildInputs) => void
  readonly setSurroundings: (surroundings: Surroundings) => void
  /** The cards are on the screen: problems are looked for from now on. */
  readonly lookForProblems: () => void
  /** Shows a range in the text pane, with the cursor at its start. */
  readonly reveal: (range: TextRange, focus: boolean) => void
  /** Puts the cursor into the text pane, where that is on the screen. */
  readonly focus: () => void
  readonly revealLines: (start: number, end: number) => void
  /** Shows the document in `parent` until the returned function is called. */
  readonly mount: (parent: HTMLElement) => () => void
}

/** `nonce` lets the text pane's style sheet through the content security policy. */
export function createSession(nonce: string): Session {
  let view: EditorView | null = null
  const begin = (text: string, placement: Placement = new Map()) =>
    EditorState.create({
      doc: text,
      extensions: [sourceExtensions(analyze(text), nonce), placementField.init(() => placement)],
    })
  const first = begin('')
  let savedDocument = first.doc

  const store = createStore<SessionState>(() => ({
    document: null,
    fingerprint: null,
    selection: nothingSelected,
    selectionNumber: 0,
    textAsked: 0,
    recalled: null,
    isTyped: false,
    ...derived(first, savedDocument),
  }))

  function apply(transactions: readonly Transaction[], updateView: boolean): void {
    const last = transactions.at(-1)
    if (!last) return
    if (updateView) view?.update(transactions)
    const { analysis: before, selection: selected } = store.getState()
    const next = derived(last.state, savedDocument)
    const selection = transactions.some(({ docChanged }) => docChanged)
      ? selectionAfter(before, next.analysis, selected, (offset, side) =>
          transactions.reduce((at, { changes }) => changes.mapPos(at, side), offset),
        )
      : selected
    const changes = transactions.filter(({ docChanged }) => docChanged)
    const isTyped = changes.length === 0 ? store.getState().isTyped : changes.every(isTyping)
    store.setState({ ...next, isTyped, ...(!sameSelection(selection, selected) && { selection }) })
    const picked = transactions.some(
      transaction => transaction.isUserEvent('select') || transaction.isUserEvent('input'),
    )
    if (picked) mirror(selectionAt(last.state.field(analysisField), last.state.selection.main.head), selection)
    if (!last.isUserEvent('undo') && !last.isUserEvent('redo')) return
    const recalled = recalledBy(last)
    store.setState({ recalled })
    dispatch({ effects: flashRanges.of(recalled.ranges) })
  }

  function mirror(next: Selection, previous: Selection): void {
    if (!sameSelection(next, previous))
      store.setState(({ selectionNumber }) => ({ selection: next, selectionNumber: selectionNumber + 1 }))
  }

  function dispatch(spec: TransactionSpec): void {
    apply([store.getState().editor.update(spec)], true)
  }

  function replaceState(state: EditorState, rest: Partial<SessionState>): void {
    savedDocument = state.doc
    view?.setState(state)
    const selectionNumber = store.getState().selectionNumber + 1
    store.setState({
      selection: nothingSelected,
      selectionNumber,
      recalled: null,
      isTyped: false,
      ...derived(state, savedDocument),
      ...rest,
    })
  }

  function changeTo(text: string, title: string): void {
    const change = smallestChange(documentText(store.getState().editor), text)
    if (change) dispatch({ changes: change, annotations: [isolateHistory.of('full'), entryName.of(title)] })
  }

  function scrollTo(range: TextRange, effects: StateEffect<unknown>[], select: boolean): void {
    const { editor } = store.getState()
    const from = Math.min(range.from, editor.doc.length)
    const spec = { effects: [...effects, EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 60 })] }
    dispatch(select ? { ...spec, selection: { anchor: from } } : spec)
  }

  const history = (command: typeof undo) =>
    command({ state: store.getState().editor, dispatch: transaction => apply([transaction], true) })

  const session: Session = {
    store,
    text: () => documentText(store.getState().editor),
    open(document, text, fingerprint, draft, placement) {
      replaceState(begin(text, placement), { document, fingerprint })
      if (draft !== null) changeTo(draft, 'Bring back unsaved text')
    },
    close: () => replaceState(begin(''), { document: null, fingerprint: null }),
    edit: (title, edits) => dispatch(gestureTransaction(store.getState().editor, title, edits)),
    place(title, change) {
      const annotations =
        title === null ? Transaction.addToHistory.of(false) : [isolateHistory.of('full'), entryName.of(title)]
      dispatch({ effects: changePlacement.of(change), annotations })
    },
    reload(text, fingerprint) {
      changeTo(text, 'Reload from disk')
      savedDocument = store.getState().editor.doc
      store.setState({ fingerprint, dirty: false })
    },
    saved(text, fingerprint, document) {
      const { editor } = store.getState()
      savedDocument = documentText(editor) === text ? editor.doc : editor.toText(text)
      store.setState({ document, fingerprint, dirty: !savedDocument.eq(editor.doc) })
    },
    keepOver: fingerprint => store.setState({ fingerprint }),
    undo: () => void history(undo),
    redo: () => void history(redo),
    select(selection) {
      mirror(selection, store.getState().selection)
      const { analysis } = store.getState()
      const several = selectedStages(selection).map(stage => rangeOfSelection(analysis, { kind: 'stage', stage }))
      const first = rangeOfSelection(analysis, selection)
      const ranges = (several.length > 1 ? several : [first]).filter(range => range !== null)
      if (first) scrollTo(first, [markRanges.of(ranges)], false)
      else dispatch({ effects: markRanges.of([]) })
    },
    setInputs: inputs => dispatch({ effects: setInputs.of(inputs) }),
    setSurroundings(surroundings) {
      if (!sameSurroundings(surroundings, store.getState().analysis.surroundings))
        dispatch({ effects: setSurroundings.of(surroundings) })
    },
    lookForProblems: () => dispatch({ effects: lookForProblems.of(null) }),
    reveal(range, focus) {
      scrollTo(range, [markRanges.of([range])], true)
      if (!focus) return
      store.setState(({ textAsked }) => ({ textAsked: textAsked + 1 }))
      session.focus()
    },
    focus: () => view?.focus(),
    revealLines(start, end) {
      const { doc } = store.getState().editor
      const line = (number: number) => doc.line(Math.min(Math.max(number, 1), doc.lines))
      session.reveal({ from: line(start).from, to: line(end).to }, true)
    },
    mount(parent) {
      view = new EditorView({
        state: store.getState().editor,
        parent,
        dispatchTransactions: (transactions, mounted) => {
          mounted.update(transactions)
          apply(transactions, false)
        },
      })
      const mounted = view
      return () => {
        mounted.destroy()
        if (view === mounted) view = null
      }
    },
  }
  return session
}

function isTyping(transaction: Transaction): boolean {
  return transaction.isUserEvent('input.type') || transaction.isUserEvent('delete')
}

function derived(editor: EditorState, savedDocument: EditorState['doc']) {
  return {
    editor,
    analysis: editor.field(analysisField),
    dirty: !savedDocument.eq(editor.doc),
    looksForProblems: editor.field(problemsField),
    placement: editor.field(placementField),
    undoes: editor.field(entryNames).done.at(-1) ?? null,
    redoes: editor.field(entryNames).undone.at(-1) ?? null,
  }
}

/** The one replacement that turns `before` into `after`, without common start and end; null where they are equal. */
function smallestChange(before: string, after: string): TextEdit | null {
  if (before === after) return null
  const { start, beforeEnd, afterEnd } = changedSpan(before, after)
  return { from: start, to: beforeEnd, insert: after.slice(start, afterEnd) }
}
