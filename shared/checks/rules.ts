import type { Diagnostic, StageGraph } from '../graph/stage-graph.ts'
import { argumentCount } from './argument-count.ts'
import { badSubstitution } from './bad-substitution.ts'
import { baseImage } from './base-image.ts'
import type { Check } from './check.ts'
import { coachRules } from './coach/rules.ts'
import { copySource } from './copy-source.ts'
import { cycle } from './cycle.ts'
import { forwardReference } from './forward-reference.ts'
import { healthcheck } from './healthcheck.ts'
import { invalidFlag } from './invalid-flag.ts'
import { invalidStageName } from './invalid-stage-name.ts'
import { lintRules } from './lint/rules.ts'
import { mountOptions } from './mount-options.ts'
import { needsValue } from './needs-value.ts'
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
  needsValue,
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
  ...lintRules,
  ...coachRules,
]

/** Without what BuildKit only finds in stages that it builds, where the target does not need them. */
export function foundByBuild(diagnostics: readonly Diagnostic[], graph: StageGraph): readonly Diagnostic[] {
  const unbuilt = new Set(graph.stages.filter(stage => !stage.reachable).map(({ id }) => id))
  return diagnostics.filter(({ rule, stage }) => stage === null || !unbuilt.has(stage) || !foundByBuilding.has(rule))
}

const foundByBuilding = new Set(checks.filter(({ found }) => found === 'building').map(({ rule }) => rule))
