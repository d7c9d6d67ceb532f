import type { Diagnostic } from '../graph/stage-graph.ts'
import type { Check, CheckSubject } from './check.ts'
import { syntaxError } from './syntax-error.ts'

/** Every rule there is. A new rule is a file of its own and a line here. */
export const checks: readonly Check[] = [syntaxError]

/** What all rules found, in the order of the file. */
export function runChecks(subject: CheckSubject): readonly Diagnostic[] {
  return checks.flatMap(check => check.run(subject)).sort((a, b) => a.line - b.line || a.range.from - b.range.from)
}
