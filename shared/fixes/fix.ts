import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { EditOutcome } from '../edits/edit-outcome.ts'
import { makerOf } from '../edits/references.ts'
import { withoutSideEffects } from '../edits/side-effects.ts'
import { instructionAt } from '../edits/stage-text.ts'
import type { Diagnostic, GraphEdge, Stage } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'

/** One way to answer a diagnostic. */
export interface Fix {
  /** What a button says. */
  readonly title: string
  /** The gesture; worked out when asked for, since it reads the file as it would be. */
  readonly outcome: () => EditOutcome
}

/** A diagnostic and what it is about. */
export interface Found {
  readonly analysis: Analysis
  readonly diagnostic: Diagnostic
  /** The instruction that is marked. */
  readonly instruction: Instruction
  /** The stage that it belongs to. */
  readonly stage: Stage | null
}

/** The fixes of one rule, best first. */
export type Fixer = (found: Found) => readonly Fix[]

/** Null where nothing in the file is marked. */
export function findingOf(analysis: Analysis, diagnostic: Diagnostic): Found | null {
  const instruction = instructionAt(analysis.file, diagnostic.range.from)
  const stage = analysis.graph.stages.find(({ id }) => id === diagnostic.stage) ?? null
  return instruction === null ? null : { analysis, diagnostic, instruction, stage }
}

/** The edge whose source is marked, else the one that the marked instruction makes. */
export function markedEdge({ analysis, diagnostic, instruction }: Found): GraphEdge | null {
  const { from, to } = diagnostic.range
  const made = analysis.graph.edges.filter(edge => !edge.onbuild && edge.range.from === instruction.range.from)
  const marked = made.find(({ sourceRange }) => sourceRange?.from === from && sourceRange.to === to)
  return marked ?? made[0] ?? null
}

/** Writes parts of the marked instruction anew; what it takes from may change with it, and nothing else. */
export function rewritten({ analysis, instruction }: Found, title: string, edits: readonly TextEdit[]): EditOutcome {
  return withoutSideEffects(analysis, { title, edits, changes: edge => makerOf(analysis, edge) === instruction })
}

/** What a message in BuildKit's words suggests: `unknown flag: --form (did you mean from?)`. */
export function suggestedBy({ message }: Diagnostic): string | null {
  const start = message.lastIndexOf(suggestionStart)
  return start < 0 ? null : message.slice(start + suggestionStart.length, message.lastIndexOf('?)'))
}

const suggestionStart = '(did you mean '
