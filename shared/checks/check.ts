import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { Derivation } from '../graph/derive.ts'
import type { BuildFrame, BuiltStage } from '../graph/environment.ts'
import type { Reference } from '../graph/references.ts'
import type { StageDraft } from '../graph/stage-drafts.ts'
import type { Diagnostic, Severity, StageId } from '../graph/stage-graph.ts'
import type { Surroundings } from '../surroundings.ts'
import type { TextRange } from '../text/text-edit.ts'
import type { FileSettings, LintSettings } from './lint/settings.ts'

/** What is checked. */
export interface Checked {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly surroundings: Surroundings
  readonly derivation: Derivation
}

/** What holds for every stage. */
export interface CheckFrame extends BuildFrame {
  /** What `# check=` asks for. */
  readonly settings: LintSettings
}

/** A stage as rules see it. */
export interface CheckedStage {
  readonly id: StageId | null
  /** Where it was when it last changed: what is found in it moves with it. */
  readonly draft: StageDraft
  /** What runs in it and with which variables. */
  readonly built: BuiltStage
  /** Whether the target needs it. */
  readonly isReachable: boolean
  /** Whether the built image is made of it: the target, and what that stands on. */
  readonly isFinal: boolean
  /** Whether another stage stands on it. */
  readonly isParent: boolean
}

/** A stage with what it takes from others. */
export interface LinkedStage {
  readonly stage: CheckedStage
  readonly references: readonly LinkedReference[]
  /** Of all stages in order: lower case, '' for those without. */
  readonly names: readonly string[]
}

export interface LinkedReference extends Reference {
  /** The stage that `source` means. */
  readonly giver: CheckedStage | null
}

/** The whole file. */
export interface CheckSubject extends CheckFrame, Pick<Derivation, 'graph' | 'globals' | 'drafts' | 'names' | 'reads'> {
  readonly globals: Derivation['globals']
  readonly file: Dockerfile
  readonly checked: Checked
  readonly settingsProblem: FileSettings['problem']
  /** One per stage. */
  readonly stages: readonly CheckedStage[]
}

/** A message that tells a line of the stage must be told how many lines the stage has moved down since. */
export type Message = string | ((movedLines: number) => string)

/** What a rule found. It lies in the stage that its line is in, but for what concerns none. */
export type Finding = Omit<Diagnostic, 'stage' | 'message'> & { readonly message: Message; readonly stage?: null }

/** Where a rule looks. What it found stands until something changes that it may look at. */
export interface Looks<Found> {
  /** At one stage and those that it stands on. */
  readonly stage?: (stage: CheckedStage, frame: CheckFrame) => readonly Found[]
  /** At what a stage takes from others. */
  readonly links?: (linked: LinkedStage, frame: CheckFrame) => readonly Found[]
  /** At the file as a whole, after every change: this must be quick. */
  readonly file?: (subject: CheckSubject) => readonly Found[]
}

/** One rule. Rules do not know of each other. */
export interface Check extends Looks<Finding> {
  readonly rule: string
  /** `building`: found only in stages that are built, which `docker build --check` without a target has be all. */
  readonly found?: 'reading' | 'building'
}

/** A finding about an instruction; `range` marks a part of it where there is one to mark. */
export function finding(
  rule: string,
  severity: Severity,
  message: Message,
  { line, endLine, range: whole }: Instruction,
  range: TextRange = whole,
): Finding {
  return { severity, rule, message, line, endLine, range }
}

/** The instructions of a stage, its FROM first. */
export function allOf({ draft }: CheckedStage): readonly Instruction[] {
  return [draft.from, ...draft.instructions]
}

/** Asks about every instruction by itself, those before the first FROM among them. */
export function eachInstruction<Found>(find: (instruction: Instruction) => readonly Found[]): Looks<Found> {
  return {
    stage: stage => allOf(stage).flatMap(find),
    file: subject => subject.file.preamble.flatMap(find),
  }
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
  const find = (instruction: Instruction, ofTriggers: Severity): readonly Finding[] => {
    const { trigger } = instruction
    const problem = test(instruction)
    const triggered = trigger === null || trigger.keyword === 'ONBUILD' ? null : test(trigger)
    if (problem === null && triggered === null) return nothing
    return [
      ...(problem === null ? nothing : [finding(rule, 'error', problem.message, instruction, problem.range)]),
      ...(trigger === null || triggered === null
        ? nothing
        : [finding(rule, ofTriggers, triggered.message, trigger, triggered.range)]),
    ]
  }
  return {
    rule,
    stage: stage => allOf(stage).flatMap(instruction => find(instruction, stage.isParent ? 'error' : 'warning')),
    file: subject => subject.file.preamble.flatMap(instruction => find(instruction, 'warning')),
  }
}

const nothing: readonly never[] = []

/** A rule about what BuildKit finds out only when it builds a stage: an error where the stage is built, else a warning. */
export function builtInstructionCheck(
  rule: string,
  test: (instruction: Instruction, stage: CheckedStage, frame: CheckFrame) => ReturnType<InstructionRule>,
): Check {
  return {
    rule,
    stage: (stage, frame) => {
      const { draft, isReachable } = stage
      if (draft.replacedByContext) return nothing
      return draft.instructions.flatMap(instruction => {
        const problem = test(instruction, stage, frame)
        if (problem === null) return []
        return [finding(rule, isReachable ? 'error' : 'warning', problem.message, instruction, problem.range)]
      })
    },
  }
}
