import { Wrench } from 'lucide-react'
import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { fixesFor } from '../../shared/fixes/fixes-for.ts'
import type { Diagnostic } from '../../shared/graph/stage-graph.ts'
import { MenuEntry } from './MenuEntry.tsx'

interface FixEntriesProps {
  readonly analysis: Analysis
  readonly diagnostics: readonly Diagnostic[]
  readonly onFix: (outcome: EditOutcome) => void
}

/** A menu is no list of problems: that has all of them. */
const most = 4

/** What can be done about problems, where what they are about is drawn. */
export function FixEntries({ analysis, diagnostics, onFix }: FixEntriesProps) {
  const fixes = diagnostics.flatMap(diagnostic =>
    fixesFor(analysis, diagnostic).map(({ title, outcome }) => ({ title, outcome, line: diagnostic.line })),
  )
  if (fixes.length === 0) return null
  return (
    <>
      {fixes.slice(0, most).map(({ title, outcome, line }) => (
        <MenuEntry
          key={`${line} ${title}`}
          icon={Wrench}
          label={title}
          shortcut={`line ${line}`}
          onChoose={() => onFix(outcome())}
        />
      ))}
      <hr className="menu-rule" />
    </>
  )
}
