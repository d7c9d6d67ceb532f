import type { Instruction } from '../../dockerfile/syntax.ts'
import type { BuiltInstruction, BuiltStage } from '../../graph/environment.ts'
import type { Diagnostic, Severity } from '../../graph/stage-graph.ts'
import type { TextRange } from '../../text/text-edit.ts'
import { finding, stageAtLine, type Check, type CheckSubject } from '../check.ts'
import { instructionSettings, isAskedFor } from './settings.ts'

/** What one of BuildKit's rules found. */
export interface LintFinding {
  readonly message: string
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

export interface LintRule {
  /** BuildKit's own name. */
  readonly rule: string
  readonly found: NonNullable<Check['found']>
  readonly experimental?: boolean
  readonly find: (subject: CheckSubject) => readonly LintFinding[]
}

/** One of BuildKit's rules with `# check=` heeded, for the whole file and for single instructions. */
export function lintCheck({ rule, found: when, experimental = false, find }: LintRule): Check {
  return {
    rule,
    found: when,
    run: subject => {
      const { settings } = subject.lint
      if (!experimental && !isAskedFor(rule, false, [settings])) return []
      return find(subject).flatMap((found): Diagnostic[] => {
        const { instruction, asked = instruction, message, range, line } = found
        const own = instructionSettings(asked)
        if (!isAskedFor(rule, experimental, [settings, own])) return []
        const ofBuildKit = (found.doubtful ?? false) ? 'hint' : settings.error ? 'error' : 'warning'
        const severity = found.severity ?? ofBuildKit
        const diagnostic = finding(subject, rule, severity, message, instruction, range)
        return [
          line === undefined
            ? diagnostic
            : { ...diagnostic, line, endLine: line, stage: stageAtLine(subject.graph, line) },
        ]
      })
    },
  }
}

/** Asks about every instruction that runs, triggers among them. */
export function eachBuilt(
  subject: CheckSubject,
  test: (built: BuiltInstruction, stage: BuiltStage) => Omit<LintFinding, 'instruction'>[] | null,
): LintFinding[] {
  const found: LintFinding[] = []
  for (const stage of subject.built)
    for (const built of stage.instructions) {
      const problems = test(built, stage)
      if (problems === null) continue
      for (const problem of problems)
        found.push({ ...problem, instruction: built.origin, range: rangeAt(built, problem.range) })
    }
  return found
}

/** A trigger's words lie elsewhere: what is marked is the FROM that sets it off. */
function rangeAt({ instruction, origin }: BuiltInstruction, range: TextRange | undefined): TextRange | undefined {
  return instruction === origin ? range : undefined
}
