import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { Derivation } from '../graph/derive.ts'
import type { BuiltStage } from '../graph/environment.ts'
import type { StageDraft } from '../graph/stage-drafts.ts'
import type { Diagnostic, Severity, StageGraph, StageId } from '../graph/stage-graph.ts'
import type { Surroundings } from '../surroundings.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { FileSettings } from './lint/settings.ts'

/** What is checked. */
export interface Checked extends Derivation {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly surroundings: Surroundings
}

/** Everything a rule may look at. */
export interface CheckSubject extends Checked {
  /** What `# check=` says. */
  readonly lint: FileSettings
  /** What runs in each stage and with which variables, one per stage. */
  readonly built: readonly BuiltStage[]
}

/** One rule: looks at the whole file and says what it found. Rules do not know of each other. */
export interface Check {
  readonly rule: string
  /** `building`: found only in stages that are built, which `docker build --check` without a target has be all. */
  readonly found?: 'reading' | 'building'
  readonly run: (subject: CheckSubject) => readonly Diagnostic[]
}

/** A finding about an instruction; `range` marks a part of it where there is one to mark. */
export function finding(
  subject: CheckSubject,
  rule: string,
  severity: Severity,
  message: string,
  instruction: Instruction,
  range: TextRange = instruction.range,
): Diagnostic {
  const { line, endLine } = instruction
  return { severity, rule, message, line, endLine, range, stage: stageAtLine(subject.graph, line) }
}

/** The stage that a line belongs to, null before the first FROM. */
export function stageAtLine(graph: StageGraph, line: number): StageId | null {
  let low = 0
  let high = graph.stages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((graph.stages[middle]?.startLine ?? 0) <= line) low = middle + 1
    else high = middle
  }
  return graph.stages[low - 1]?.id ?? null
}

/** A rule about single instructions: what is wrong with one, or null. */
export type InstructionRule = (
  instruction: Instruction,
) => { readonly message: string; readonly range?: TextRange } | null

/**
 * Runs a rule over every instruction. A trigger is read when a stage is built on its own: until one is, what is wrong
 * with it is a warning.
 */
export function instructionCheck(rule: string, test: InstructionRule): Check {
  return {
    rule,
    run: subject => {
      const found: Diagnostic[] = []
      const parents = new Set(
        subject.drafts.flatMap(draft => (draft.baseSource.kind === 'stage' ? [draft.baseSource.index] : [])),
      )
      let stage = -1
      for (const instruction of subject.file.instructions) {
        if (instruction.keyword === 'FROM') stage++
        const problem = test(instruction)
        if (problem !== null) found.push(finding(subject, rule, 'error', problem.message, instruction, problem.range))
        const { trigger } = instruction
        const triggered = trigger === null || trigger.keyword === 'ONBUILD' ? null : test(trigger)
        if (trigger !== null && triggered !== null)
          found.push(
            finding(
              subject,
              rule,
              parents.has(stage) ? 'error' : 'warning',
              triggered.message,
              trigger,
              triggered.range,
            ),
          )
      }
      return found
    },
  }
}

/** A rule about what BuildKit finds out only when it builds a stage: an error where the stage is built, else a warning. */
export function builtInstructionCheck(
  rule: string,
  test: (instruction: Instruction, draft: StageDraft, subject: CheckSubject) => ReturnType<InstructionRule>,
): Check {
  return {
    rule,
    run: subject => {
      const found: Diagnostic[] = []
      for (const draft of subject.drafts) {
        if (draft.replacedByContext) continue
        const isBuilt = subject.graph.stages[draft.index]?.reachable ?? false
        for (const instruction of draft.instructions) {
          const problem = test(instruction, draft, subject)
          if (problem === null) continue
          const { message, range } = problem
          found.push(finding(subject, rule, isBuilt ? 'error' : 'warning', message, instruction, range))
        }
      }
      return found
    },
  }
}
