import { CircleX, Info, TriangleAlert } from 'lucide-react'
import type { Diagnostic, Severity } from '../../shared/graph/stage-graph.ts'
import { Words } from '../ui/Words.tsx'
import { useInspected } from './inspected.ts'
import { Section } from './Section.tsx'

const icons = { error: CircleX, warning: TriangleAlert, hint: Info } as const satisfies Record<Severity, unknown>

export function Problems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const { showText } = useInspected()
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
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
