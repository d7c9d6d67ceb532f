import type { Analysis } from '../analysis.ts'
import type { EdgeSource, Stage, StageId } from '../graph/stage-graph.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { habitsOf, inCase, type Habits } from './habits.ts'
import { renumbered } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { baseReference, imageRefusal, nameRefusal, quoted } from './stage-names.ts'
import { stageById, withStage } from './stage-text.ts'

/** What a stage builds on. */
export type StageBase =
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'stage'; readonly stage: StageId }
  | { readonly kind: 'scratch' }

export interface NewStage {
  readonly base: StageBase
  /** '' for an unnamed stage. */
  readonly name: string
  /** Null: above the final stage, so that the default target stays the same; below it where it is the base. */
  readonly after: StageId | null
}

/** Writes one FROM. Works on an empty document, too. */
export function addStage(analysis: Analysis, { base, name, after }: NewStage): EditOutcome {
  const { stages } = analysis.graph
  const wantedName = name.trim()
  const reason = wantedName === '' ? null : nameRefusal(analysis, wantedName, null)
  if (reason !== null) return refused(reason)
  const index = position(analysis, base, after)
  const word = baseWord(analysis, base, index)
  if (word.kind === 'refused') return refused(word.reason)
  const habits = habitsOf(analysis)
  const text = stageLine(habits, word.text, wantedName)
  const newIndex = (old: number) => (old >= index ? old + 1 : old)
  return withoutSideEffects(analysis, {
    title: `Add stage ${wantedName === '' ? `FROM ${word.text}` : wantedName}`,
    edits: [withStage(analysis, text, stages[index] ?? null, habits), ...renumbered(analysis, newIndex)],
    warnings: index === stages.length ? lastStageWarnings(analysis, wantedName) : [],
    newIndex,
    stages: 1,
    wanted: (edge, indexOf) => edge.kind === 'base' && indexOf(edge.to) === index && isBase(edge.from.kind, base),
  })
}

/** One FROM in the document's own hand; `name` is '' for an unnamed stage. */
export function stageLine(habits: Habits, base: string, name: string): string {
  const from = `${habits.stageIndentation}${inCase('FROM', habits.keywordCase)} ${base}`
  return name === '' ? from : `${from} ${inCase('AS', habits.asCase)} ${name}`
}

/** The word that FROM takes at position `index`, or the sentence why there is none. */
export function baseWord(
  analysis: Analysis,
  base: StageBase,
  index: number,
): { readonly kind: 'word'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string } {
  switch (base.kind) {
    case 'scratch':
      return { kind: 'word', text: 'scratch' }
    case 'image': {
      const text = base.reference.trim()
      const named = analysis.graph.stages.find(stage => text !== '' && stage.index < index && stage.name === text)
      const reason =
        named === undefined
          ? imageRefusal(analysis, text)
          : `\`${text}\` is the stage on line ${named.startLine}, not an image: choose that stage instead.`
      return reason === null ? { kind: 'word', text } : { kind: 'refused', reason }
    }
    case 'stage': {
      const stage = stageById(analysis, base.stage)
      if (stage === null) return { kind: 'refused', reason: 'That stage is no longer in the file.' }
      const text = baseReference(analysis, stage, index)
      return text === null ? { kind: 'refused', reason: baseRefusal(stage, index) } : { kind: 'word', text }
    }
  }
}

/** Whether an edge comes from that kind of base; an image may also be given as a variable or a named context. */
export function isBase(source: EdgeSource['kind'], base: StageBase): boolean {
  return base.kind === 'image' ? source !== 'stage' : source === base.kind
}

function baseRefusal(stage: Stage, index: number): string {
  if (stage.writtenName === null) return `${quoted(stage)} has no name that FROM could use: name it first.`
  if (stage.index >= index) return `${quoted(stage)} stands below: FROM reaches only stages above it.`
  return `FROM ${stage.name} would mean another stage than the one on line ${stage.startLine}: rename it first.`
}

/** 0-based position that the new stage takes. */
function position(analysis: Analysis, base: StageBase, after: StageId | null): number {
  const { stages } = analysis.graph
  const above = after === null ? null : stageById(analysis, after)
  if (above !== null) return above.index + 1
  const parent = base.kind === 'stage' ? stageById(analysis, base.stage) : null
  return Math.max(0, stages.length - 1, parent === null ? 0 : parent.index + 1)
}

export function lastStageWarnings(analysis: Analysis, name: string): readonly string[] {
  if (analysis.graph.stages.length === 0 || analysis.inputs.target !== null) return []
  const title = name === '' ? 'The new stage' : `\`${name}\``
  return [`${title} is now the last stage: it is what a build without a target makes.`]
}
