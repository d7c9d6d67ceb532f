import type { Diagnostic, Severity } from '../graph/stage-graph.ts'

/** Of a base that names no image, our rules tell more than BuildKit's lint rule, which looks at the defaults alone. */
const lintRule = 'InvalidDefaultArgInFrom'
const ownRules: ReadonlySet<string> = new Set(['base-image', 'needs-value'])
const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, hint: 0 }

/** What people are told: where two rules say the same of one FROM, the graver one speaks, and ours of two alike. */
export function toldOnce(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const ofLint = byLine(findings, ({ rule }) => rule === lintRule)
  if (ofLint.size === 0) return findings
  const own = byLine(findings, ({ rule }) => ownRules.has(rule))
  return findings.filter(finding => {
    const { rule, line, severity } = finding
    if (rule === lintRule) return (own.get(line) ?? -1) < ranks[severity]
    return !ownRules.has(rule) || (ofLint.get(line) ?? -1) <= ranks[severity]
  })
}

/** Ranks of the chosen findings, which are one a FROM. */
function byLine(
  findings: readonly Diagnostic[],
  isChosen: (finding: Diagnostic) => boolean,
): ReadonlyMap<number, number> {
  return new Map(findings.filter(isChosen).map(({ line, severity }) => [line, ranks[severity]]))
}
