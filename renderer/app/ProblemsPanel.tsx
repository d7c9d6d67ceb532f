import { CircleX, Info, TriangleAlert } from 'lucide-react'
import type { Analysis } from '../../shared/analysis.ts'
import type { Severity } from '../../shared/graph/stage-graph.ts'
import type { Session } from '../source/session.ts'

const icons = { error: CircleX, warning: TriangleAlert, hint: Info } as const satisfies Record<Severity, unknown>

export function ProblemsPanel({ analysis, session }: { analysis: Analysis; session: Session }) {
  const { diagnostics } = analysis
  if (diagnostics.length === 0)
    return (
      <div className="empty-state">
        <p>No problems found.</p>
        <p className="quiet">What BuildKit would refuse, and what is likely a slip, is listed here while you type.</p>
      </div>
    )
  return (
    <ul className="problems">
      {diagnostics.map((diagnostic, index) => {
        const Icon = icons[diagnostic.severity]
        return (
          <li key={`${diagnostic.rule}:${diagnostic.line}:${index}`}>
            <button type="button" className="problem-row" onClick={() => session.reveal(diagnostic.range, true)}>
              <Icon size={16} aria-label={diagnostic.severity} data-severity={diagnostic.severity} />
              <span className="problem-message">{diagnostic.message}</span>
              <span className="problem-rule">{diagnostic.rule}</span>
              <span className="problem-line">line {diagnostic.line}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
