import type { Instruction } from '../../dockerfile/syntax.ts'
import type { BuiltInstruction, BuiltStage } from '../../graph/environment.ts'
import type { Severity } from '../../graph/stage-graph.ts'
import type { TextRange } from '../../text/text-edit.ts'
import { finding, type Check, type CheckFrame, type Finding, type Looks, type Message } from '../check.ts'
import { instructionSettings, isAskedFor } from './settings.ts'

/** What one of BuildKit's rules found. */
export interface LintFinding {
  readonly message: Message
  /** Where it is reported. */
  readonly instruction: Instruction
  /** The part of it to mark. */
  readonly range?: TextRange | undefined
  /** Where it is not the instruction's lines. */
  readonly line?: number
  /** The instruction whose comment has a say; the one reported at where it is left out. */
  readonly asked?: Instruction
  /** True where only the base image could tell whether it is so. */
  readonly doubtful?: boolean
  /** What advice has, whatever the file says of errors. */
  readonly severity?: Severity
}

export interface LintRule extends Looks<LintFinding> {
  /** BuildKit's own name. */
  readonly rule: string
  readonly found: NonNullable<Check['found']>
  readonly experimental?: boolean
}

/** One of BuildKit's rules with `# check=` heeded, for the whole file and for single instructions. */
export function lintCheck({ rule, found, experimental = false, stage, links, file }: LintRule): Check {
  const heeding =
    <Subject>(find: (subject: Subject, frame: CheckFrame) => readonly LintFinding[]) =>
    (subject: Subject, frame: CheckFrame): readonly Finding[] => {
      const { settings } = frame
      if (!experimental && !isAskedFor(rule, false, [settings])) return nothing
      return find(subject, frame).flatMap((each): readonly Finding[] => {
        const { instruction, asked = instruction, message, range, line } = each
        if (!isAskedFor(rule, experimental, [settings, instructionSettings(asked)])) return nothing
        const ofBuildKit = (each.doubtful ?? false) ? 'hint' : settings.error ? 'error' : 'warning'
        const told = finding(rule, each.severity ?? ofBuildKit, message, instruction, range)
        return [line === undefined ? told : { ...told, line, endLine: line }]
      })
    }
  const ofFile = file === undefined ? undefined : heeding(file)
  return {
    rule,
    found,
    ...(stage === undefined ? {} : { stage: heeding(stage) }),
    ...(links === undefined ? {} : { links: heeding(links) }),
    ...(ofFile === undefined ? {} : { file: subject => ofFile(subject, subject) }),
  }
}

const nothing: readonly never[] = []

/** Asks about every instruction that runs in a stage, triggers among them. */
export function eachBuilt(
  test: (
    built: BuiltInstruction,
    stage: BuiltStage,
    frame: CheckFrame,
  ) => readonly Omit<LintFinding, 'instruction'>[] | null,
): NonNullable<LintRule['stage']> {
  return ({ built: stage }, frame) => {
    const found: LintFinding[] = []
    for (const built of stage.instructions)
      for (const problem of test(built, stage, frame) ?? nothing)
        found.push({ ...problem, instruction: built.origin, range: rangeAt(built, problem.range) })
    return found
  }
}

/** A trigger's words lie elsewhere: what is marked is the FROM that sets it off. */
function rangeAt({ instruction, origin }: BuiltInstruction, range: TextRange | undefined): TextRange | undefined {
  return instruction === origin ? range : undefined
}
