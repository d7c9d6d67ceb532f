import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { stageTitle, type StageId } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { Button } from '../ui/controls.tsx'
import { ProblemRow } from './ProblemRow.tsx'
import './problems.css'

interface ProblemsPanelProps {
  readonly analysis: Analysis
  /** The stage whose problems alone are shown; null for all of the file. */
  readonly stage: StageId | null
  readonly onStage: (stage: StageId | null) => void
  readonly perform: (outcome: EditOutcome) => void
  readonly onShowSource: (range: TextRange) => void
}

export function ProblemsPanel({ analysis, stage, onStage, perform, onShowSource }: ProblemsPanelProps) {
  const { diagnostics, graph } = analysis
  const chosen = graph.stages.find(({ id }) => id === stage)
  const shown = chosen === undefined ? diagnostics : diagnostics.filter(diagnostic => diagnostic.stage === stage)
  return (
    <>
      {chosen !== undefined && (
        <div className="problems-of">
          <span>Problems of {stageTitle(chosen)}</span>
          <Button onClick={() => onStage(null)}>Show all {diagnostics.length}</Button>
        </div>
      )}
      {shown.length === 0 && (
        <div className="empty-state">
          <p>No problems found.</p>
          <p className="quiet">What BuildKit would refuse, and what is likely a slip, is listed here while you type.</p>
        </div>
      )}
      <ul className="problems">
        {shown.map((diagnostic, index) => (
          <ProblemRow
            key={`${diagnostic.rule}:${diagnostic.line}:${index}`}
            analysis={analysis}
            diagnostic={diagnostic}
            perform={perform}
            onShowSource={onShowSource}
          />
        ))}
      </ul>
    </>
  )
}
