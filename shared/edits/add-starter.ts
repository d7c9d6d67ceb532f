import { analyze, type Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { StageId } from '../graph/stage-graph.ts'
import type { Starter } from '../starters/starters.ts'
import type { EditOutcome } from './edit-outcome.ts'
import { habitsOf, inCase, type Habits } from './habits.ts'
import { pasteStages } from './paste-stages.ts'
import { instructionsOf } from './stage-text.ts'

/**
 * Writes the stages of a starter in the document's own hand, where and under which names `pasteStages` says. Starters
 * hold no comments and no ARG above the first FROM.
 */
export function addStarter(analysis: Analysis, starter: Starter, after: StageId | null): EditOutcome {
  const habits = habitsOf(analysis)
  const read = analyze(starter.text)
  const text = read.graph.stages
    .map(stage => {
      const lines = instructionsOf(read, stage).map(each => written(each, habits, analysis.file.escape))
      return lines.join(habits.partsSteps ? '\n\n' : '\n')
    })
    .join('\n'.repeat(1 + habits.blankLinesBetweenStages))
  const outcome = pasteStages(analysis, `${text}\n`, after)
  return outcome.kind === 'refused' ? outcome : { ...outcome, title: `Add ${starter.name} starter` }
}

function written({ raw, writtenKeyword, keyword }: Instruction, habits: Habits, escape: string): string {
  const rest = raw.slice(writtenKeyword.length).replaceAll('\\\n', `${escape}\n`)
  const cased = inCase(keyword, habits.keywordCase)
  return keyword === 'FROM'
    ? habits.stageIndentation + cased + rest.replace(' AS ', ` ${inCase('AS', habits.asCase)} `)
    : habits.stepIndentation + cased + rest
}
