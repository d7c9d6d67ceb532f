import type { Severity } from '../../graph/stage-graph.ts'
import type { Check, CheckSubject } from '../check.ts'
import { lintCheck, type LintFinding } from '../lint/lint-rule.ts'

/** A hint, unless the rule says that it is a warning. Never an error: BuildKit builds it. */
export interface Advice extends Omit<LintFinding, 'doubtful'> {
  readonly severity?: Exclude<Severity, 'error'>
}

/** A rule of Slipway's own about what works and can be had better; `# check=skip=` quiets it, too. */
export function coachCheck(rule: string, find: (subject: CheckSubject) => readonly Advice[]): Check {
  return lintCheck({
    rule,
    found: 'reading',
    find: subject => find(subject).map(({ severity = 'hint', ...found }) => ({ ...found, severity })),
  })
}
