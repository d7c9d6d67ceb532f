import type { Check, CheckSubject } from '../check.ts'
import { lintCheck, type LintFinding } from '../lint/lint-rule.ts'

/** A rule of Slipway's own about what works and can be had better: always a hint, and `# check=skip=` quiets it, too. */
export function coachCheck(
  rule: string,
  find: (subject: CheckSubject) => readonly Omit<LintFinding, 'doubtful'>[],
): Check {
  return lintCheck({
    rule,
    found: 'reading',
    find: subject => find(subject).map(found => ({ ...found, doubtful: true })),
  })
}
