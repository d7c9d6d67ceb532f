import { CircleX, Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { fixesFor } from '../../shared/fixes/fixes-for.ts'
import type { Diagnostic, Severity } from '../../shared/graph/stage-graph.ts'
import { Button } from '../ui/controls.tsx'
import { Words } from '../ui/Words.tsx'
import { useInspected } from './inspected.ts'
import { Section } from './Section.tsx'

const icons = { error: CircleX, warning: TriangleAlert, hint: Info } as const satisfies Record<Severity, unknown>

export function Problems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const { analysis, apply, showText } = useInspected()
  const [refusal, setRefusal] = useState<string | null>(null)
  const fix = (outcome: EditOutcome) => {
    const applied = apply(outcome)
    setRefusal(applied.kind === 'refused' ? applied.reason : null)
  }
  if (diagnostics.length === 0) return null
  return (
    <Section title="Problems" count={diagnostics.length}>
      <ul className="inspector-rows">
        {diagnostics.map((diagnostic, at) => {
          const Icon = icons[diagnostic.severity]
          return (
            <li key={`${diagnostic.rule} ${at}`}>
              <button type="button" className="inspector-problem" onClick={() => showText(diagnostic.range)}>
                <Icon size={14} aria-label={diagnostic.severity} data-severity={diagnostic.severity} />
                <span>
                  <Words text={diagnostic.message} />
                </span>
                <span className="inspector-line">line {diagnostic.line}</span>
              </button>
              <div className="inspector-fixes">
                {fixesFor(analysis, diagnostic).map(({ title, outcome }) => (
                  <Button key={title} onClick={() => fix(outcome())}>
                    {title}
                  </Button>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
      {refusal !== null && (
        <p className="inspector-words" data-refused role="alert">
          <Words text={refusal} />
        </p>
      )}
    </Section>
  )
}
