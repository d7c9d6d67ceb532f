import { CircleX, Info, TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import { describeRule } from '../../shared/checks/descriptions/describe-rule.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { fixesFor, ignoresFor } from '../../shared/fixes/fixes-for.ts'
import type { Diagnostic, Severity } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { Button } from '../ui/controls.tsx'

const icons = { error: CircleX, warning: TriangleAlert, hint: Info } as const satisfies Record<Severity, unknown>

interface ProblemRowProps {
  readonly analysis: Analysis
  readonly diagnostic: Diagnostic
  readonly perform: (outcome: EditOutcome) => void
  readonly onShowSource: (range: TextRange) => void
}

/** What was found, a button for each way to fix it and, on demand, why it matters and how to hear no more of it. */
export function ProblemRow({ analysis, diagnostic, perform, onShowSource }: ProblemRowProps) {
  const [explained, setExplained] = useState(false)
  const explanation = useId()
  const { severity, message, rule, line } = diagnostic
  const Icon = icons[severity]
  return (
    <li className="problem-item">
      <div className="problem-line-of-panel">
        <button type="button" className="problem-row" onClick={() => onShowSource(diagnostic.range)}>
          <Icon size={16} aria-label={severity} data-severity={severity} />
          <span className="problem-message">{message}</span>
          <span className="problem-rule">{rule}</span>
          <span className="problem-line">line {line}</span>
        </button>
        {fixesFor(analysis, diagnostic).map(({ title, outcome }) => (
          <Button key={title} onClick={() => perform(outcome())}>
            {title}
          </Button>
        ))}
        <Button
          variant="quiet"
          aria-expanded={explained}
          aria-controls={explanation}
          onClick={() => setExplained(shown => !shown)}
        >
          Why
        </Button>
      </div>
      {explained && (
        <div id={explanation} className="problem-explanation">
          <Explanation rule={rule} />
          {ignoresFor(analysis, diagnostic).map(({ title, outcome }) => (
            <Button key={title} variant="quiet" onClick={() => perform(outcome())}>
              {title}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}

function Explanation({ rule }: { rule: string }) {
  const described = describeRule(rule)
  if (described === null) return null
  return (
    <p>
      {described.sentence}{' '}
      {described.by === 'slipway'
        ? described.why
        : described.page !== null && (
            <a href={described.page} target="_blank" rel="noreferrer">
              BuildKit on {rule}
            </a>
          )}
    </p>
  )
}
