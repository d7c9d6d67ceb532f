import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/** Replaces what follows keyword and flags of a step, given by its index among the file's instructions. */
export function setArguments(analysis: Analysis, instruction: number, text: string): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { file } = analysis
  const effective = found.step.trigger ?? found.step
  const wanted = text.trim().replaceAll('\r\n', '\n').replaceAll('\n', file.lineEnding)
  const { from, to } = effective.argumentsRange
  if (wanted === '') return refused(nothingLeft(effective))
  if (effective.heredocs.length > 0)
    return refused(`Line ${effective.line} ends with a heredoc: change it in its whole text.`)
  if (wanted === file.text.slice(from, to)) return withStepEdits(analysis, found.step, [])
  return withStepEdits(analysis, found.step, [{ from, to, insert: from === to ? ` ${wanted}` : wanted }])
}

/** Lets a step have these words behind keyword and flags, in the form that they are written in: JSON, or plain. */
export function setWords(analysis: Analysis, instruction: number, words: readonly string[]): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const effective = found.step.trigger ?? found.step
  if (words.length === 0) return refused(nothingLeft(effective))
  const odd = effective.isJson ? undefined : words.find(word => Array.from(word).some(each => each.trim() === ''))
  if (odd !== undefined) return refused(`\`${odd}\` would be several words: write one at a time.`)
  return withStepEdits(analysis, found.step, wordEdits(effective, words))
}

function nothingLeft({ keyword }: Instruction): string {
  return `${keyword} needs something behind it: remove the whole step instead.`
}

/** The words that differ, between those at the start and at the end that stay. */
function wordEdits(written: Instruction, words: readonly string[]): readonly TextEdit[] {
  const old = written.arguments
  const texts = words.map(word => (written.isJson ? JSON.stringify(word) : word))
  const separator = written.isJson ? ', ' : ' '
  if (old.length === 0) {
    const list = texts.join(separator)
    return [{ ...written.argumentsRange, insert: written.isJson ? `[${list}]` : ` ${list}` }]
  }
  const shorter = Math.min(old.length, words.length)
  let start = 0
  while (start < shorter && old[start]?.text === words[start]) start += 1
  let end = 0
  while (end < shorter - start && old.at(-1 - end)?.text === words.at(-1 - end)) end += 1
  const gone = old.slice(start, old.length - end)
  const added = texts.slice(start, texts.length - end)
  const before = old[start - 1]?.range
  const after = old[old.length - end]?.range
  if (gone.length === added.length) return gone.map(({ range }, at) => ({ ...range, insert: added[at] ?? '' }))
  const from = gone[0]?.range.from ?? before?.to ?? after?.from ?? written.argumentsRange.from
  const to = gone.at(-1)?.range.to ?? from
  if (added.length === 0)
    return [before === undefined ? { from, to: after?.from ?? to, insert: '' } : { from: before.to, to, insert: '' }]
  const list = added.join(separator)
  if (gone.length > 0) return [{ from, to, insert: list }]
  return [{ from, to, insert: before === undefined ? list + separator : separator + list }]
}
