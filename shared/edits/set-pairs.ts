import type { Analysis } from '../analysis.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Instruction, KeyValue } from '../dockerfile/syntax.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/** What is to change about one `KEY=value` of ENV, LABEL or ARG; what is left out stays. */
export interface PairChange {
  readonly key?: string
  /** Null leaves an ARG without a default. Blanks are put into quotes; other quotes are the author's. */
  readonly value?: string | null
}

/** Changes the `at`th pair of a step, from 0. */
export function setPair(analysis: Analysis, instruction: number, at: number, change: PairChange): EditOutcome {
  return withPairs(analysis, instruction, 0, ({ pairs }) => {
    const pair = pairs[at]
    if (pair === undefined) return null
    const { key, value } = pair
    const list: TextEdit[] = []
    const newKey = change.key?.trim() ?? key.text
    if (newKey !== key.text) list.push({ ...key.range, insert: newKey })
    if (change.value === undefined || (value === null && change.value === null)) return list
    if (value === null) list.push({ from: key.range.to, to: key.range.to, insert: `=${asWord(change.value ?? '')}` })
    else if (change.value === null) list.push({ from: key.range.to, to: value.range.to, insert: '' })
    else if (change.value !== value.text)
      list.push({ ...value.range, insert: pair.equals ? asWord(change.value) : change.value.trim() })
    return list
  })
}

/** Writes one more pair behind the others, `KEY=value` as it was typed; `KEY` alone for an ARG without a default. */
export function addPair(analysis: Analysis, instruction: number, text: string): EditOutcome {
  const equals = text.indexOf('=')
  const key = (equals < 0 ? text : text.slice(0, equals)).trim()
  const value = equals < 0 ? '' : `=${asWord(text.slice(equals + 1))}`
  return withPairs(analysis, instruction, 1, ({ keyword, pairs, argumentsRange }) => {
    if (key === '' || (equals < 0 && keyword !== 'ARG') || pairs.some(isOldForm)) return null
    const last = pairs.at(-1)
    const at = (last?.value ?? last?.key)?.range.to ?? argumentsRange.to
    return [{ from: at, to: at, insert: ` ${key}${value}` }]
  })
}

/** Takes the `at`th pair away, from 0. */
export function removePair(analysis: Analysis, instruction: number, at: number): EditOutcome {
  return withPairs(analysis, instruction, -1, ({ pairs }) => {
    const pair = pairs[at]
    if (pair === undefined || pairs.length === 1) return null
    const end = (each: typeof pair) => (each.value ?? each.key).range.to
    const before = pairs[at - 1]
    const after = pairs[at + 1]
    return before === undefined
      ? [{ from: pair.key.range.from, to: after?.key.range.from ?? end(pair), insert: '' }]
      : [{ from: end(before), to: end(pair), insert: '' }]
  })
}

/** Refuses edits after which the line would not be read as so many pairs more. */
function withPairs(
  analysis: Analysis,
  instruction: number,
  more: number,
  editsOf: (written: Instruction) => readonly TextEdit[] | null,
): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step } = found
  const written = step.trigger ?? step
  const list = editsOf(written)
  if (list === null) return refused(`${written.keyword} takes pairs such as \`KEY=value\`, and at least one.`)
  const { from } = step.range
  const shifted = list.map(edit => ({ from: edit.from - from, to: edit.to - from, insert: edit.insert }))
  const escape = analysis.file.escape === '\\' ? '' : `# escape=${analysis.file.escape}\n`
  const [read] = parseDockerfile(escape + applyEdits(step.raw, shifted)).instructions
  const pairs = (read?.trigger ?? read)?.pairs ?? []
  if (pairs.length !== written.pairs.length + more || pairs.some(isOldForm) !== written.pairs.some(isOldForm))
    return refused(`${written.keyword} would be read in another way: write \`KEY=value\`, with quotes around blanks.`)
  return withStepEdits(analysis, step, list)
}

/** `ENV KEY value`, which takes the whole line. */
function isOldForm({ equals, value }: KeyValue): boolean {
  return !equals && value !== null
}

/** A value as one word: in quotes where it has blanks and no quotes of its own. */
function asWord(value: string): string {
  const text = value.trim()
  const isOneWord = Array.from(text).every(character => character.trim() !== '') || '"\''.includes(text.charAt(0))
  return isOneWord ? text : `"${text.replaceAll('"', '\\"')}"`
}
