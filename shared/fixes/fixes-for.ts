import type { Analysis } from '../analysis.ts'
import { coachRules } from '../checks/coach/rules.ts'
import { lintRules } from '../checks/lint/rules.ts'
import { canIgnoreAt, ignoreAtInstruction, ignoreInFile } from '../edits/ignore-rule.ts'
import type { Diagnostic } from '../graph/stage-graph.ts'
import { findingOf, type Fix, type Fixer } from './fix.ts'
import { instructionFixers } from './instruction-fixes.ts'
import { referenceFixers } from './reference-fixes.ts'

const fixers: Readonly<Record<string, Fixer>> = { ...referenceFixers, ...instructionFixers }

/** What can be done about a diagnostic, best first. Gestures all: each may still be refused with its reason. */
export function fixesFor(analysis: Analysis, diagnostic: Diagnostic): readonly Fix[] {
  const found = findingOf(analysis, diagnostic)
  return found === null ? [] : (fixers[diagnostic.rule]?.(found) ?? [])
}

/** The ways to be told no more of a finding, kept apart: they correct nothing. */
export function ignoresFor(analysis: Analysis, diagnostic: Diagnostic): readonly Fix[] {
  const { rule } = diagnostic
  const found = findingOf(analysis, diagnostic)
  if (found === null || !skippable.has(rule)) return []
  const { instruction } = found
  const here = {
    title: `Ignore on line ${instruction.line}`,
    outcome: () => ignoreAtInstruction(analysis, instruction, rule),
  }
  const everywhere = { title: 'Ignore in this file', outcome: () => ignoreInFile(analysis, rule) }
  // BuildKit asks the comment of the later instruction whether the earlier one is too many.
  const speaksForItself = rule !== 'MultipleInstructionsDisallowed' && canIgnoreAt(analysis, instruction)
  return speaksForItself ? [here, everywhere] : [everywhere]
}

const skippable = new Set(
  [...lintRules, ...coachRules]
    .map(({ rule }) => rule)
    .filter(rule => rule !== 'check-options' && rule !== 'InvalidDefinitionDescription'),
)
