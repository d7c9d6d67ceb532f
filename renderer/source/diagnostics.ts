import { linter, type Action, type Diagnostic as Marked } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import { fixesFor, ignoresFor } from '../../shared/fixes/fixes-for.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { Diagnostic } from '../../shared/graph/stage-graph.ts'
import { notify } from '../ui/notices.ts'
import { analysisField } from './analysis-field.ts'
import { gestureTransaction } from './gesture-transaction.ts'
import { problemsField } from './problems-field.ts'

const severities = { error: 'error', warning: 'warning', hint: 'info' } as const

/** What was found, underlined, with its fixes where the pointer or the list of the text pane shows it. */
export const diagnostics = linter(
  ({ state }) => {
    const analysis = state.field(analysisField)
    if (!state.field(problemsField)) return []
    return analysis.diagnostics.map(diagnostic => new Finding(analysis, diagnostic, state.doc.length))
  },
  {
    delay: 250,
    needsRefresh: ({ startState, state }) =>
      startState.field(analysisField).surroundings !== state.field(analysisField).surroundings ||
      startState.field(problemsField) !== state.field(problemsField),
  },
)

/** A class, as a getter written into an object would have V8 keep what it sees until all memory is cleared. */
class Finding implements Marked {
  readonly from: number
  readonly to: number
  readonly severity: Marked['severity']
  readonly message: string
  readonly source: string
  readonly #analysis: Analysis
  readonly #diagnostic: Diagnostic

  constructor(analysis: Analysis, diagnostic: Diagnostic, length: number) {
    this.from = Math.min(diagnostic.range.from, length)
    this.to = Math.min(diagnostic.range.to, length)
    this.severity = severities[diagnostic.severity]
    this.message = diagnostic.message
    this.source = diagnostic.rule
    this.#analysis = analysis
    this.#diagnostic = diagnostic
  }

  /** Seldom looked at: nothing is worked out before that. */
  get actions(): Action[] {
    return actionsFor(this.#analysis, this.#diagnostic)
  }
}

function actionsFor(analysis: Analysis, diagnostic: Diagnostic): Action[] {
  return [...fixesFor(analysis, diagnostic), ...ignoresFor(analysis, diagnostic)].map(({ title, outcome }) => ({
    name: title,
    apply(view) {
      // Typing goes on while findings are shown: what was found in another text is no longer there to be fixed.
      if (view.state.field(analysisField).file.text !== analysis.file.text)
        notify('The text changed a moment ago. Nothing was changed; do that again.', 'error')
      else write(view, outcome())
    },
  }))
}

function write(view: EditorView, outcome: EditOutcome): void {
  if (outcome.kind === 'refused') {
    notify(outcome.reason, 'error')
    return
  }
  view.dispatch(gestureTransaction(view.state, outcome.title, outcome.edits))
  for (const warning of outcome.warnings) notify(warning)
}
