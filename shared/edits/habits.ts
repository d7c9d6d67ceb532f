import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { Stage } from '../graph/stage-graph.ts'
import { blankLinesAbove, indentationAt } from './source-lines.ts'
import { fromInstruction, instructionsOf, isParted, ownStart } from './stage-text.ts'

export type LetterCase = 'upper' | 'lower'

/** How a document is written: what inserted text follows, so that a gesture looks like the author's own hand. */
export interface Habits {
  readonly lineEnding: '\n' | '\r\n'
  readonly keywordCase: LetterCase
  /** Of the AS in FROM; that of the keywords where no stage has a name. */
  readonly asCase: LetterCase
  readonly blankLinesBetweenStages: number
  /** Whether most steps stand apart from what is above them. */
  readonly partsSteps: boolean
  /** White space before FROM. */
  readonly stageIndentation: string
  /** White space before the instructions of a stage. */
  readonly stepIndentation: string
}

export function habitsOf(analysis: Analysis): Habits {
  const { file, graph } = analysis
  const froms = file.instructions.filter(instruction => instruction.keyword === 'FROM')
  const steps = graph.stages.flatMap(stage => instructionsOf(analysis, stage).slice(1))
  const keywordCase = commonCase(file.instructions.map(instruction => instruction.writtenKeyword)) ?? 'upper'
  const indentation = (instruction: Instruction) => indentationAt(file.text, instruction.range.from)
  return {
    lineEnding: file.lineEnding,
    keywordCase,
    asCase: commonCase(froms.flatMap(from => asWord(from) ?? [])) ?? keywordCase,
    blankLinesBetweenStages: mostCommon(graph.stages.slice(1).map(stage => blankLinesOver(analysis, stage))) ?? 1,
    partsSteps: steps.filter(step => isParted(file, step)).length * 2 > steps.length,
    stageIndentation: mostCommon(froms.map(indentation)) ?? '',
    stepIndentation: mostCommon(steps.map(indentation)) ?? '',
  }
}

/** A stage's own keyword case; the document's where the stage has nothing but its FROM. */
export function keywordCaseOf(analysis: Analysis, stage: Stage): LetterCase {
  const written = stage.steps.flatMap(step => analysis.file.instructions[step.instruction]?.writtenKeyword ?? [])
  return commonCase(written) ?? habitsOf(analysis).keywordCase
}

/** Whether blank lines part a stage's steps; where it has fewer than two, those of the document. */
export function partsStepsOf(analysis: Analysis, stage: Stage): boolean {
  const [, ...steps] = instructionsOf(analysis, stage)
  return steps.length < 2 ? habitsOf(analysis).partsSteps : steps.every(step => isParted(analysis.file, step))
}

export function inCase(keyword: string, letterCase: LetterCase): string {
  return letterCase === 'upper' ? keyword.toUpperCase() : keyword.toLowerCase()
}

/** `AS` as written; null for an unnamed stage. */
function asWord(from: Instruction): string | null {
  const word = from.arguments[1]
  return word !== undefined && word.text.toLowerCase() === 'as' ? word.text : null
}

/** A tie counts as upper case, as in BuildKit's casing rules; null where there is no word. */
function commonCase(words: readonly string[]): LetterCase | null {
  if (words.length === 0) return null
  const lower = words.filter(word => word === word.toLowerCase()).length
  return lower * 2 > words.length ? 'lower' : 'upper'
}

function blankLinesOver(analysis: Analysis, stage: Stage): number {
  return blankLinesAbove(analysis.file.text, ownStart(analysis.file, fromInstruction(analysis, stage))).count
}

/** The value that occurs most often, the first of them on a tie; null where there is none. */
function mostCommon<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best: T | null = null
  let most = 0
  for (const [value, count] of counts)
    if (count > most) {
      best = value
      most = count
    }
  return best
}
