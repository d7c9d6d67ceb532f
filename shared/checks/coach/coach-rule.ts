import type { Severity } from '../../graph/stage-graph.ts'
import type { Check, CheckedStage, Looks } from '../check.ts'
import { lintCheck, type LintFinding } from '../lint/lint-rule.ts'

/** A hint, unless the rule says that it is a warning. Never an error: BuildKit builds it. */
export interface Advice extends Omit<LintFinding, 'doubtful'> {
  readonly severity?: Exclude<Severity, 'error'>
}

/** A rule of Slipway's own about what works and can be had better; `# check=skip=` quiets it, too. */
export function coachCheck(rule: string, { stage, links, file }: Looks<Advice>): Check {
  return lintCheck({
    rule,
    found: 'reading',
    ...(stage === undefined ? {} : { stage: (subject, frame) => hints(stage(subject, frame)) }),
    ...(links === undefined ? {} : { links: (subject, frame) => hints(links(subject, frame)) }),
    ...(file === undefined ? {} : { file: subject => hints(file(subject)) }),
  })
}

function hints(found: readonly Advice[]): readonly LintFinding[] {
  return found.map(({ severity = 'hint', ...advice }) => ({ ...advice, severity }))
}

/** What people call a stage. */
export function stageTitle({ draft: { writtenName, index } }: CheckedStage): string {
  return writtenName ?? `stage ${index}`
}
