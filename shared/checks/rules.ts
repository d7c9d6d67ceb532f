import type { Diagnostic } from '../graph/stage-graph.ts'
import { argumentCount } from './argument-count.ts'
import { badSubstitution } from './bad-substitution.ts'
import { baseImage } from './base-image.ts'
import type { Check, CheckSubject } from './check.ts'
import { copySource } from './copy-source.ts'
import { cycle } from './cycle.ts'
import { forwardReference } from './forward-reference.ts'
import { healthcheck } from './healthcheck.ts'
import { invalidFlag } from './invalid-flag.ts'
import { invalidStageName } from './invalid-stage-name.ts'
import { mountOptions } from './mount-options.ts'
import { noStage } from './no-stage.ts'
import { onbuildTrigger } from './onbuild-trigger.ts'
import { platform } from './platform.ts'
import { portsAndSignals } from './ports-and-signals.ts'
import { invalidIndex, invalidReference, variableInFrom } from './reference-problems.ts'
import { selfCopy } from './self-copy.ts'
import { syntaxError } from './syntax-error.ts'
import { target } from './target.ts'
import { unknownInstruction } from './unknown-instruction.ts'
import { unknownStage } from './unknown-stage.ts'

/** Every rule there is. A new rule is a file of its own and a line here. */
export const checks: readonly Check[] = [
  syntaxError,
  unknownInstruction,
  argumentCount,
  invalidFlag,
  invalidStageName,
  onbuildTrigger,
  healthcheck,
  noStage,
  baseImage,
  platform,
  target,
  invalidIndex,
  variableInFrom,
  invalidReference,
  selfCopy,
  cycle,
  forwardReference,
  badSubstitution,
  copySource,
  mountOptions,
  portsAndSignals,
  unknownStage,
]

/** What all rules found, in the order of the file. */
export function runChecks(subject: CheckSubject): readonly Diagnostic[] {
  return checks.flatMap(check => check.run(subject)).sort((a, b) => a.line - b.line || a.range.from - b.range.from)
}
